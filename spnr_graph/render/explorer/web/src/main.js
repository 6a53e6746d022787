// @ts-check
// The page: reads the data, makes the places of the parts, wires them together.
import { readData } from "./data.js";
import { Model } from "./model.js";

async function boot() {
  const packed = await readData();
  const model = new Model(packed);
  document.documentElement.dataset.nodes = String(model.nodeCount);
}

boot();
