// While the hand moves, nothing but the table follows. Once it rests, the address does (browsers
// allow a page only so many changes of it in a while), and before anything else can be pressed,
// the server's copy of the scene.

const RESTS_AFTER = 200; // milliseconds without a change

// root: in which one presses; report(): gives the server its copy; address(): of what stands here;
// onaddress(address): called when the page's own has followed
// -> settle(): something has changed; report(): give the copy now, if it is an old one
export function whenAtRest(root, { report, address, onaddress }) {
  let resting = null;
  let reported = true;
  function reportNow() {
    if (reported) return;
    reported = true;
    report();
  }
  for (const event of ["change", "click", "focusout"]) root.addEventListener(event, reportNow);
  return {
    report: reportNow,
    settle() {
      reported = false;
      clearTimeout(resting);
      resting = setTimeout(() => {
        reportNow();
        const present = address();
        replaceAddress(present);
        onaddress(present);
      }, RESTS_AFTER);
    },
  };
}

// address: for others; the page's own keeps what is only between its host and itself
function replaceAddress(address) {
  try {
    const [own] = location.href.split("#");
    history.replaceState(history.state, "", own + new URL(address).hash);
  } catch {
    // A sandboxed frame has no address to write to; the page plays on without.
  }
}

// -> the address of this page with another part after "#", for others. What begins with "__" is between
// the frame and its host, such as the key to a private Space or its theme, and is left out.
export function addressWith(hash) {
  const address = new URL(location.href);
  const names = [...address.searchParams.keys()];
  for (const name of names.filter((name) => name.startsWith("__")))
    address.searchParams.delete(name);
  address.hash = hash;
  return address.href;
}
