// Adds the reader's own hour to times of another zone; it replaces nothing.
const pattern = document.body.dataset.yourTime;
const hours = new Intl.DateTimeFormat(document.documentElement.lang, {hour: "2-digit", minute: "2-digit", hourCycle: "h23"});
for (const time of document.querySelectorAll(".facts time[datetime*='T'], .message time[datetime*='T']")) {
  const moment = new Date(time.dateTime);
  const stated = time.dateTime.slice(11, 16);
  const own = moment.toLocaleTimeString("en-GB", {hour: "2-digit", minute: "2-digit"});
  if (Number.isNaN(moment.valueOf()) || own === stated || time.closest("s")) continue;
  const added = document.createElement("span");
  added.className = "your-time";
  added.textContent = ` (${pattern.replace("{}", hours.format(moment))})`;
  time.after(added);
}
