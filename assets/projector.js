// The view for a projector: story, challenge and table in large type; the way there and back.

// page: text(), view(), setView(view), hides(name)
function projectorSwitch(page) {
  const enter = iconButton("projector", "projector", () => turn("projector"));
  const leave = iconButton("projector-exit", "close", () => turn(null));
  const turn = (view) => {
    page.setView(view);
    (view ? leave : enter).node.focus({ preventScroll: true });
  };
  const isOn = () => leave.node.isConnected && page.view() === "projector";
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !isOn()) return;
    if (!page.hides("projector")) turn(null);
  });
  return {
    enter: enter.node,
    leave: leave.node,
    words() {
      enter.say(page.text("projector"), page.text("projector_enter"));
      leave.say(page.text("projector_leave"));
    },
  };
}
