/* A list that can be searched starts a new search when it is entered: what was chosen is not in the way. */
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(".mantine-Select-input:not([readonly])")) setTimeout(() => target.select());
});
