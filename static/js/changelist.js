// The admin's lists on a phone: each cell gets its column's name, and filters collapse unless one is chosen.
const list = document.querySelector("#result_list");
if (list) {
  const heads = [...list.querySelectorAll("thead th")].map(
    (head) => head.querySelector(".text")?.textContent.trim() ?? "",
  );
  for (const row of list.querySelectorAll("tbody tr")) {
    [...row.children].forEach((cell, index) => {
      if (cell.tagName === "TD" && heads[index] && !cell.classList.contains("action-checkbox"))
        cell.dataset.label = heads[index];
    });
  }
}
const filter = document.querySelector("#changelist-filter");
if (filter && matchMedia("(max-width: 767px)").matches) {
  filter.classList.add("is-folded");
  for (const one of filter.querySelectorAll("details")) one.open = !one.querySelector("li:first-child.selected");
}
