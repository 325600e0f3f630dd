/** The start page: opens the project whose id was typed. */
const form = document.querySelector("form");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const id = document.querySelector("#project").value;
  location.assign(`/project/${encodeURIComponent(id)}`);
});
