"use strict";
const one = (name) => document.querySelector(name);
const view = one(".view"), stack = one(".stack"), slide = one("#slide"), handle = one(".handle");
const full = [Number(stack.dataset.width), Number(stack.dataset.height)];
let zoom = 0; // 0: as large as fits

// The slider stands still on the screen while the picture is moved below it.
function cut() {
  const seen = Math.min(view.clientWidth, stack.clientWidth);
  const at = view.scrollLeft + (seen * slide.value) / 100;
  stack.style.setProperty("--cut", Math.min(at, stack.clientWidth) + "px");
  slide.setAttribute("aria-valuetext", slide.value + " % of the picture is before, the rest after");
}

function size() {
  const fit = Math.min(view.clientWidth / full[0], (0.8 * window.innerHeight) / full[1]);
  const by = zoom || fit;
  stack.style.width = full[0] * by + "px";
  stack.style.height = full[1] * by + "px";
  view.classList.toggle("fit", !zoom);
  view.classList.toggle("pixels", by >= 2);
  cut();
}

function zoomed(to) {
  const x = (view.scrollLeft + view.clientWidth / 2) / stack.clientWidth;
  const y = (view.scrollTop + view.clientHeight / 2) / stack.clientHeight;
  zoom = to;
  size();
  view.scrollLeft = x * stack.clientWidth - view.clientWidth / 2;
  view.scrollTop = y * stack.clientHeight - view.clientHeight / 2;
  cut();
}

function slideTo(event) {
  const box = view.getBoundingClientRect(), inner = stack.getBoundingClientRect();
  const left = Math.max(box.left, inner.left);
  const seen = Math.min(view.clientWidth, stack.clientWidth);
  slide.value = (100 * (event.clientX - left)) / seen;
  cut();
}

let held = null; // what a pressed pointer moves: the slider, or the picture from here
view.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  const slides = !zoom || event.target === handle;
  if (!slides && event.pointerType !== "mouse") return; // fingers move the picture by themselves
  held = slides ? "slider" : [event.clientX + view.scrollLeft, event.clientY + view.scrollTop];
  view.setPointerCapture(event.pointerId);
  if (slides) slideTo(event);
  event.preventDefault();
});
view.addEventListener("pointermove", (event) => {
  if (held === "slider") slideTo(event);
  else if (held) view.scrollTo(held[0] - event.clientX, held[1] - event.clientY);
});
for (const end of ["pointerup", "pointercancel"])
  view.addEventListener(end, () => { held = null; });
view.addEventListener("scroll", cut);
slide.addEventListener("input", cut);
window.addEventListener("resize", size);
for (const box of document.querySelectorAll("[data-shows]"))
  box.addEventListener("change", () => {
    for (const part of document.querySelectorAll(box.dataset.shows))
      part.classList.toggle("hidden", !box.checked);
  });
for (const choice of document.querySelectorAll("[name=zoom]"))
  choice.addEventListener("change", () => zoomed(Number(choice.value)));
for (const link of document.querySelectorAll("[data-goes]"))
  link.addEventListener("click", () => {
    const [x, y] = link.dataset.goes.split(" ").map(Number);
    one("[name=zoom][value='4']").checked = true;
    zoomed(4);
    view.scrollLeft = x * stack.clientWidth - view.clientWidth / 2;
    view.scrollTop = y * stack.clientHeight - view.clientHeight / 2;
    cut();
    view.focus({ preventScroll: true });
    one("#picture").scrollIntoView();
  });
size();
