// The page's title: where one is, and before it what cannot wait.

let place = document.title;
let urgent = "";

export function setPlace(text) {
  place = text;
  put();
}

export function setUrgent(text) {
  urgent = text;
  put();
}

function put() {
  const title = urgent ? `${urgent} – ${place}` : place;
  if (document.title !== title) document.title = title;
}
