/**
 * What the library says about a model that cannot be had, in Chinese: its errors cross threads as English sentences, by
 * which they are known here. `{}` stands for what changes in a sentence, in the same order in both languages.
 */
const SENTENCES: readonly (readonly [english: string, chinese: string])[] = [
  ['{} must be reachable, got "{}". {}', '无法取得 {}（“{}”）。{}'],
  ['{} must be served, got status {}. {}', '服务器没有给出 {}（状态码 {}）。{}'],
  [
    '{} must stay the same file, got another one while it was read. {}',
    '{} 在读取途中被换成了另一个文件。{}'
  ],
  [
    '{} must stay the same file, got one that may be another {}. {}',
    '{} 在读取途中可能被换成了另一个文件{}。{}'
  ],
  ['{} must continue the bytes that are here, got others. {}', '续传的 {} 与已有的字节不一致。{}'],
  ['kept {} must have xxHash64 {}, got {}. {}', '此设备上保存的 {} 应有 xxHash64 {}，实为 {}。{}'],
  ['{} must be the file with SHA-256 {}, got {}. {}', '{} 应是 SHA-256 为 {} 的文件，实为 {}。{}'],
  ['{} must be at most {} bytes long, got {}. {}', '{} 不应超过 {} 字节，实为 {}。{}'],
  ['{} must be {} bytes long, got {} bytes. {}', '{} 应为 {} 字节，实为 {} 字节。{}'],
  ['{} must be a file of the model, got a web page. {}', '得到的 {} 不是模型文件，而是一个网页。{}'],
  ['{} must be kept on this device, got none. {}', '此设备上没有保存 {}。{}'],
  ['{} must be among the chosen files, got none. {}', '所选的文件中没有 {}。{}'],
  ['{} must be answered by its own host, got a redirect to another one. {}', '{} 的主机转到了另一台主机。{}'],
  ['the weights must be in safetensors files, got {}. {}', '权重应在 safetensors 文件中，这里只有 {}。{}'],
  [
    'model folder must be one with model.safetensors, got {} alone. {}',
    '模型文件夹中没有 model.safetensors，只有 {}。{}'
  ],
  ['no backend works here ({}). {}', '这里没有可用的后端（{}）。{}'],
  ['the graphics driver took WebGL away', '显卡驱动收回了 WebGL'],
  ['no byte for {} s', '{} 秒没有收到数据'],
  ['status {}', '状态码 {}'],
  ['The server asks to wait {} s; try again then.', '服务器要求等待 {} 秒，请届时再试。'],
  ['Convert them where Python and transformers are: {}', '请在装有 Python 和 transformers 的地方转换：{}'],
  ['Convert it: {}', '请转换：{}'],
  ['Convert it with transformers 4: {}', '请用 transformers 4 转换：{}'],
  ['Check the connection and retry.', '请检查网络，然后重试。'],
  ['Try again; if it stays so, choose another mirror.', '请再试一次；若仍如此，请换一个镜像。'],
  [
    'The bytes are not those that were published; try again later or choose another mirror.',
    '字节与发布的不一致；请稍后再试，或换一个镜像。'
  ],
  ['The copy on this device is damaged; it is fetched again.', '此设备上的副本已损坏，将重新下载。'],
  ['It is no file of this model; check the address.', '它不是此模型的文件，请检查网址。'],
  [
    'Check the address, and whether the network asks for a sign-in.',
    '请检查网址，并看看网络是否要求先登录。'
  ],
  ['Choose its files on the Models page again.', '请在“模型”页重新选择它的文件。'],
  ['Choose it too.', '请一并选中它。'],
  ['Write the address of the host that has the files.', '请填写真正存放文件的主机的网址。'],
  [
    'The model asks for a sign-in at the hub; download its files there and choose them here.',
    '此模型需要在 Hub 登录；请在那里下载文件，再在这里选择。'
  ],
  [
    'Check the spelling of its name first; a private model must be downloaded by hand.',
    '请先检查名称的拼写；私有模型须手动下载。'
  ],
  [
    'The server refuses it; a model behind a sign-in must be downloaded by hand.',
    '服务器拒绝了请求；需要登录的模型须手动下载。'
  ],
  ['Check the revision; the model has none of this name.', '请检查版本名；此模型没有这个版本。'],
  ['Check the name of the model, or its folder.', '请检查模型的名称或其文件夹。'],
  ['Use a current browser.', '请使用较新的浏览器。']
];

const SLOT = '{}';
const SPECIAL = /[.*+?^${}()|[\]\\]/g;

const patterns = SENTENCES.map(([english, chinese]) => {
  const parts = english.split(SLOT).map((part) => part.replace(SPECIAL, '\\$&'));
  return { pattern: new RegExp(`^${parts.join('(.+?)')}$`, 's'), chinese };
});

/** A sentence of the library in Chinese, what stands in its slots too; another text as it is. */
export function libraryInChinese(text: string): string {
  for (const { pattern, chinese } of patterns) {
    const found = pattern.exec(text);
    if (!found) continue;
    const values = found.slice(1).map(libraryInChinese);
    return chinese.split(SLOT).reduce((said, part, slot) => said + values[slot - 1] + part);
  }
  return text;
}
