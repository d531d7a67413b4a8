// The look that was chosen in the app, before anything is drawn: pages without the app's scripts follow it too.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("theme");
  } catch {
    // a browser that keeps nothing
  }
  const look = chosen === "dark" || chosen === "light" ? chosen
    : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.classList.add(look);
  document.documentElement.style.colorScheme = look;
})();
