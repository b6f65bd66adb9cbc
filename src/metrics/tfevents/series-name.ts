/**
 * What a tag in a sub-folder is called. `add_scalars` writes each of its series into a folder of its own under the same tag:
 * PyTorch into `<tag with _ for />_<series>`, tensorboardX into `<tag>/<series>`; both are `<tag>/<series>` here.
 * Any other sub-folder (Keras' `train` and `validation`) is put in front.
 */
export function seriesName(folder: string, tag: string): string {
  if (folder === '') return tag;
  const cut = folder.lastIndexOf('/');
  const parent = folder.slice(0, cut + 1);
  const last = folder.slice(cut + 1);
  const flat = `${tag.replaceAll('/', '_')}_`;
  if (last.startsWith(flat) && last.length > flat.length) return `${parent}${tag}/${last.slice(flat.length)}`;
  if (parent === `${tag}/` || parent.endsWith(`/${tag}/`)) return folder;
  return `${folder}/${tag}`;
}
