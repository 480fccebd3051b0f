// In filters that write themselves into the address, typing replaces the entry in the browser's history; a choice adds one.
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const isTyped = ctx.sourceEvent?.type === "input" && ctx.sourceEvent.target.matches("[type=search], [type=text]");
  if (!ctx.push || !isTyped) return;
  ctx.replace = ctx.push;
  ctx.push = null;
});
