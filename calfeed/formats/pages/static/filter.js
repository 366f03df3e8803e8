// Offers a filter above the list, and hides in place what it leaves out.
const template = document.getElementById("filter");
if (template && document.querySelector(".listing .item")) {
  const form = template.content.firstElementChild.cloneNode(true);
  template.after(form);
  const found = form.querySelector("output");
  const fits = (item, name, value) => {
    const has = (item.dataset[name] || "").split(" ");
    return !value || has.includes(value) || (name === "presence" && has.includes("both"));
  };
  form.addEventListener("change", () => {
    let shown = 0;
    for (const item of document.querySelectorAll(".listing .item")) {
      item.hidden = !Array.from(form.elements).every(
        field => !field.name || fits(item, field.name, field.value));
      shown += item.hidden ? 0 : 1;
    }
    for (const month of document.querySelectorAll(".listing .month")) {
      month.hidden = !month.querySelector(".item:not([hidden])");
    }
    found.textContent = found.dataset.found.replace("{}", shown);
  });
  form.addEventListener("submit", event => event.preventDefault());
}
