// Adds a button that copies to each address that can only be selected without a script.
for (const place of document.querySelectorAll(".copyable")) {
  const field = place.querySelector("input, textarea");
  field.addEventListener("focus", () => field.select());
  if (!navigator.clipboard) continue;
  const button = document.createElement("button");
  const said = document.createElement("span");
  button.type = "button";
  button.className = "button";
  button.textContent = place.dataset.copy;
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    said.textContent = ` ${place.dataset.copied}`;
  });
  place.append(button, said);
}
