// What ical.js (Thunderbird's parser) finds in calendars: a JSON list of jobs on standard input,
// a JSON list of answers on standard output, an answer with "error" for a job that failed.
//
//   {"calendar": TEXT}                    -> {"events": [...]}
//   {"jcal": TEXT}                        -> the same
//   {"calendar": TEXT, "expand": true}    -> {"instances": [...]}, with "until": SECONDS up to it
//   {"calendar": TEXT, "local": [TIME]}   -> {"instants": [SECONDS]}   by its first VTIMEZONE alone

import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const MOST_INSTANCES = 5000;

function moment(time) {
  if (time === null) return null;
  if (time.isDate) return { day: time.toString() };
  if (time.zone === ICAL.Timezone.localTimezone) return { floating: time.toString() };
  return { instant: time.toUnixTime() };
}

function event(vevent) {
  const one = (name) => vevent.getFirstPropertyValue(name);
  const all = (name) => vevent.getAllProperties(name).flatMap((property) => property.getValues());
  const text = (name) => String(one(name) ?? "");
  const texts = (name) => all(name).map(String);
  return {
    uid: text("uid"),
    sequence: one("sequence"),
    dtstamp: moment(one("dtstamp")),
    created: moment(one("created")),
    last_modified: moment(one("last-modified")),
    dtstart: moment(one("dtstart")),
    dtend: moment(one("dtend")),
    recurrence_id: moment(one("recurrence-id")),
    rrule: text("rrule"),
    exdates: all("exdate").map(moment),
    rdates: all("rdate").map(moment),
    status: text("status"),
    transp: text("transp"),
    busy_status: text("x-microsoft-cdo-busystatus"),
    summary: text("summary"),
    description: text("description"),
    location: text("location"),
    url: text("url"),
    organizer: text("organizer"),
    geo: one("geo"),
    categories: texts("categories"),
    comments: texts("comment"),
    conferences: texts("conference"),
    contacts: texts("contact"),
    images: texts("image"),
    related: texts("related-to"),
  };
}

function instance(start, item) {
  const { uid, summary, component } = item;
  const status = component.getFirstPropertyValue("status");
  return { start: moment(start), uid, summary: summary ?? "", status: status ?? "" };
}

function instances(calendar, until = Infinity) {
  const items = calendar.getAllSubcomponents("vevent").map((vevent) => new ICAL.Event(vevent));
  const exceptions = items.filter((item) => item.isRecurrenceException());
  const found = [];
  for (const master of items.filter((item) => !item.isRecurrenceException())) {
    for (const exception of exceptions) {
      if (exception.uid === master.uid) master.relateException(exception);
    }
    const dates = master.iterator();
    for (let start = dates.next(); start && start.toUnixTime() <= until; start = dates.next()) {
      const { startDate, item } = master.getOccurrenceDetails(start);
      found.push(instance(startDate, item));
      if (until === Infinity && found.length > MOST_INSTANCES) throw new Error("a series that does not end");
    }
  }
  return found;
}

function instants(calendar, locals) {
  const zone = new ICAL.Timezone(calendar.getFirstSubcomponent("vtimezone"));
  return locals.map((local) => {
    const time = ICAL.Time.fromDateTimeString(local);
    time.zone = zone;
    return time.toUnixTime();
  });
}

function answer(job) {
  try {
    const calendar = new ICAL.Component(job.jcal ? JSON.parse(job.jcal) : ICAL.parse(job.calendar));
    if (job.local) return { instants: instants(calendar, job.local) };
    if (job.expand) return { instances: instances(calendar, job.until) };
    return { events: calendar.getAllSubcomponents("vevent").map(event) };
  } catch (error) {
    return { error: String(error) };
  }
}

const jobs = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(jobs.map(answer)));
