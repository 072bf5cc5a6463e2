"""Writes images.json: small pictures in many formats, and texture values by scikit-image.

python -m venv v && v/bin/pip install numpy pillow tifffile imagecodecs scikit-image==0.26.0
v/bin/python test/reference/images.py
"""
import base64
import io
import json
import pathlib
import zlib
import struct

import numpy as np
import skimage
import tifffile
from PIL import Image
from scipy import ndimage
from skimage import exposure, feature, filters, measure, morphology, transform

rng = np.random.default_rng(7)
H, W = 29, 37
yy, xx = np.mgrid[0:H, 0:W]
smooth = 128 + 60 * np.sin(xx / 5) + 50 * np.cos(yy / 4) + rng.normal(0, 6, (H, W))
g8 = np.clip(smooth, 0, 255).astype(np.uint8)
g16 = np.clip(smooth * 257, 0, 65535).astype(np.uint16)
rgb = np.stack([g8, np.roll(g8, 3, 1), 255 - g8], 2)


def luminance(c):
    return np.floor(0.299 * c[..., 0] + 0.587 * c[..., 1] + 0.114 * c[..., 2] + 0.5)


files = {}


def add(name, data, grey, depth):
    files[name] = {"file": base64.b64encode(data).decode(), "width": grey.shape[1], "height": grey.shape[0],
                   "bitDepth": depth, "grey": zlib.crc32(np.asarray(grey, "<u2").tobytes())}


def tiff(array, **options):
    out = io.BytesIO()
    tifffile.imwrite(out, array, metadata=None, **options)
    return out.getvalue()


for order, end in (("<", "little"), (">", "big")):
    add(f"tiff 8 {end}", tiff(g8, byteorder=order), g8, 8)
    add(f"tiff 16 {end}", tiff(g16, byteorder=order), g16, 16)
for how in ("lzw", "deflate", "packbits"):
    add(f"tiff 8 {how}", tiff(g8, compression=how), g8, 8)
    add(f"tiff 16 {how}", tiff(g16, compression=how, rowsperstrip=7), g16, 16)
add("tiff 8 lzw predictor", tiff(g8, compression="lzw", predictor=True), g8, 8)
add("tiff 16 deflate predictor big", tiff(g16, compression="deflate", predictor=True, byteorder=">"), g16, 16)
add("tiff 8 tiles", tiff(g8, tile=(16, 16)), g8, 8)
add("tiff 16 tiles lzw", tiff(g16, tile=(16, 32), compression="lzw"), g16, 16)
add("tiff rgb", tiff(rgb, photometric="rgb"), luminance(rgb), 8)
add("tiff white is zero", tiff(g8, photometric="miniswhite"), 255 - g8, 8)
add("bigtiff 8", tiff(g8, bigtiff=True), g8, 8)
noise = rng.integers(0, 255, (80, 120), dtype=np.uint8)
add("tiff lzw noise", tiff(noise, compression="lzw", rowsperstrip=80), noise, 8)


def pil(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


add("png 8", pil(Image.fromarray(g8), "PNG"), g8, 8)
add("png 16", pil(Image.fromarray(g16), "PNG"), g16, 16)
add("png rgb", pil(Image.fromarray(rgb), "PNG"), luminance(rgb), 8)
add("png alpha", pil(Image.fromarray(g8).convert("LA"), "PNG"), g8, 8)
palette = Image.fromarray(g8).quantize(16)
add("png palette", pil(palette, "PNG"), luminance(np.asarray(palette.convert("RGB")).astype(float)), 8)
bits = Image.fromarray(((g8 > 128) * 255).astype(np.uint8)).convert("1")
add("png 1 bit", pil(bits, "PNG"), np.asarray(bits).astype(int) * 255, 8)


def interlaced(array):
    """Adam7 by hand: Pillow does not write it."""
    raw = b""
    for x0, y0, dx, dy in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)):
        for line in array[y0::dy, x0::dx]:
            if line.size:
                raw += b"\0" + line.tobytes()
    chunk = lambda name, body: struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    head = struct.pack(">IIBBBBB", array.shape[1], array.shape[0], 8, 0, 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


add("png interlaced", interlaced(g8), g8, 8)
add("bmp 8", pil(Image.fromarray(g8), "BMP"), g8, 8)
add("bmp rgb", pil(Image.fromarray(rgb), "BMP"), luminance(rgb), 8)
add("bmp 1 bit", pil(bits, "BMP"), np.asarray(bits).astype(int) * 255, 8)
jpegs = {}
for name, image in (("jpeg grey", Image.fromarray(g8)), ("jpeg rgb", Image.fromarray(rgb))):
    for progressive in (False, True):
        data = pil(image, "JPEG", quality=95, progressive=progressive)
        grey = np.asarray(Image.open(io.BytesIO(data)).convert("L")).astype(int)
        jpegs[f"{name}{' progressive' if progressive else ''}"] = {
            "file": base64.b64encode(data).decode(), "width": W, "height": H, "mean": float(grey.mean()),
            "row": grey[10].tolist()}

# Processing: a picture of 48 x 64 with lines and dots, in floats.
h, w = 48, 64
y, x = np.mgrid[0:h, 0:w]
picture = 0.5 + 0.15 * np.sin(0.7 * x + 0.4 * y) + 0.1 * np.cos(0.2 * x) + rng.normal(0, 0.03, (h, w))
picture[20:22, 5:50] -= 0.3
picture[8:14, 30:36] += 0.2
picture = np.clip(picture, 0, 1).astype(np.float32).astype(float)
levels = np.clip(np.floor(picture * 16), 0, 15).astype(np.uint8)
glcm = {}
for dy, dx, angle, d in ((0, 1, 0, 1), (0, 4, 0, 4), (2, 0, np.pi / 2, 2), (1, 1, np.pi / 4, 1.4142135623730951)):
    m = feature.graycomatrix(levels, [d], [angle], 16, symmetric=True, normed=True)
    glcm[f"{dy},{dx}"] = {p: float(feature.graycoprops(m, p)[0, 0]) for p in ("contrast", "homogeneity", "energy", "correlation")}
bytes8 = np.round(picture * 255).astype(np.uint8)
lbp = feature.local_binary_pattern(bytes8, 8, 1, "uniform")[1:-1, 1:-1].astype(int)
centred = picture - picture.mean()
gabor = []
for k in range(4):
    kernel = filters.gabor_kernel(0.15, theta=np.pi * k / 4)
    re = ndimage.correlate(centred, kernel.real, mode="reflect")
    im = ndimage.correlate(centred, kernel.imag, mode="reflect")
    gabor.append(float(np.hypot(re, im).mean()))
tensor = feature.structure_tensor(picture, sigma=2, mode="reflect", order="rc")
mask = filters.sato(picture, sigmas=[1.5], black_ridges=True) > 0.05
thin = morphology.skeletonize(mask, method="zhang")
blob = np.zeros((40, 60), int)
blob[(np.mgrid[0:40, 0:60][0] - 18) ** 2 / 100 + (np.mgrid[0:40, 0:60][1] - 25) ** 2 / 324 <= 1] = 1
blob[25:31, 30:55] = 1
region = measure.regionprops(blob)[0]
processing = {
    "version": skimage.__version__,
    "width": w, "height": h, "picture": [float(np.float32(v)) for v in picture.ravel()],
    "gaussian": ndimage.gaussian_filter(picture, 1.7, mode="reflect").ravel()[::97].tolist(),
    "median": ndimage.median_filter(picture, 3, mode="nearest").ravel()[::97].tolist(),
    "glcm": glcm,
    "lbp": (np.bincount(lbp.ravel(), minlength=10) / lbp.size).tolist(),
    "gabor": gabor,
    "tensor": [t.ravel()[::97].tolist() for t in tensor],
    "sato": filters.sato(picture, sigmas=[1.5, 2.5], black_ridges=True, mode="reflect").ravel()[::97].tolist(),
    "mask": mask.astype(int).ravel().tolist(),
    "skeleton": thin.astype(int).ravel().tolist(),
    "otsu": float(filters.threshold_otsu(bytes8)),
    "clahe": exposure.equalize_adapthist(picture, kernel_size=(12, 16), clip_limit=0.02).ravel()[::97].tolist(),
    "resize": transform.resize(picture, (24, 32), order=1, anti_aliasing=False).ravel()[::31].tolist(),
    "blob": blob.ravel().tolist(),
    "shape": {"area": float(region.area), "solidity": float(region.solidity), "eccentricity": float(region.eccentricity),
              "feret": float(region.feret_diameter_max), "major": float(region.axis_major_length),
              "minor": float(region.axis_minor_length)},
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"files": files, "jpegs": jpegs, "processing": processing}))
