// Reads a chart out where the pointer is: the nearest point of each curve, from the drawing itself.
for (const plot of document.querySelectorAll("svg.plot")) {
  const [x0, x1] = plot.dataset.x.split(" ").map(Number);
  const [y0, y1] = plot.dataset.y.split(" ").map(Number);
  const height = Number(plot.getAttribute("height"));
  const readout = plot.parentNode.querySelector(".readout");
  const cursor = document.createElementNS("http://www.w3.org/2000/svg", "line");
  cursor.setAttribute("class", "cursor");
  cursor.setAttribute("y2", height);
  const curves = Array.from(plot.querySelectorAll("path.curve"), path => ({
    name: path.dataset.name,
    points: path.getAttribute("d").slice(1).split("L").map(pair => pair.split(",").map(Number)),
  }));
  const steps = curves.reduce((a, b) => (a.points.length > b.points.length ? a : b));
  const nearest = (points, x) =>
    points.reduce((a, b) => (Math.abs(a[0] - x) > Math.abs(b[0] - x) ? b : a));
  const hide = () => {
    cursor.remove();
    readout.textContent = "";
  };
  plot.addEventListener("pointerleave", hide);
  plot.addEventListener("pointermove", event => {
    const box = plot.getBoundingClientRect();
    const x = nearest(steps.points, (1000 * (event.clientX - box.left)) / box.width)[0];
    cursor.setAttribute("x1", x / 10 + "%");
    cursor.setAttribute("x2", x / 10 + "%");
    plot.append(cursor);
    const values = curves.map(curve => {
      const y = y1 - (nearest(curve.points, x)[1] / height) * (y1 - y0);
      return curve.name + " " + Number(y.toPrecision(4)).toLocaleString("en");
    });
    const value = x0 + (x / 1000) * (x1 - x0);
    const step = x1 - x0 >= 50 ? Math.round(value) : Number(value.toPrecision(3));
    readout.textContent =
      plot.dataset.name + " " + step.toLocaleString("en") + " · " + values.join(" · ");
  });
}
