/* A picture is made smaller before it is sent, and a portrait is shown as it will be cut.

   Without this script the file goes as it is; the server decides in either case. */
"use strict";

const LONGEST = { photo: 1600, passport: 2480 };
const FACE = 0.35; // the part above the middle is kept, as the server does
const input = document.querySelector("input[data-picture]");

function drawn(picture, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, width, height);
  pen.drawImage(picture, 0, 0, width, height);
  return canvas;
}

function preview(picture) {
  const canvas = document.querySelector("[data-canvas]");
  if (!canvas) return;
  const width = Math.min(picture.width, (picture.height * 3) / 4);
  const height = (width * 4) / 3;
  const left = (picture.width - width) / 2;
  const top = (picture.height - height) * FACE;
  canvas.getContext("2d").drawImage(picture, left, top, width, height, 0, 0, canvas.width, canvas.height);
  canvas.hidden = false;
  document.querySelector("[data-caption]").hidden = false;
  const before = document.querySelector("[data-preview]");
  if (before) before.hidden = true;
}

function replace(file, blob) {
  const name = file.name.replace(/\.[^.]*$/, "") + ".jpg";
  const chosen = new DataTransfer();
  chosen.items.add(new File([blob], name, { type: "image/jpeg" }));
  input.files = chosen.files;
}

async function reduce() {
  const file = input.files[0];
  if (!file || !["image/jpeg", "image/png"].includes(file.type)) return;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture || input.files[0] !== file) return;
  if (input.dataset.picture === "photo") preview(picture);
  const scale = LONGEST[input.dataset.picture] / Math.max(picture.width, picture.height);
  if (scale >= 1) return;
  const canvas = drawn(picture, Math.round(picture.width * scale), Math.round(picture.height * scale));
  canvas.toBlob((blob) => {
    if (blob && blob.size < file.size && input.files[0] === file) replace(file, blob);
  }, "image/jpeg", 0.9);
}

if (input) input.addEventListener("change", reduce);
