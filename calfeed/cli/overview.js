// Loads the page again once the sources were saved: then its ETag is another one.
const seen = async () => (await fetch("/", {method: "HEAD", cache: "no-store"})).headers.get("etag");
seen().then(first => setInterval(
  () => seen().then(now => { if (now !== first) location.reload(); }, () => {}), 1000));
