import type { CommContent } from './execution/messages.js';
import type { Kernel } from './kernel.js';
import { fromCodePoints, toCodePoints } from './protocol/offsets.js';
import { type Message, PROTOCOL_VERSION } from './protocol/wire.js';

/** The content of the answer; nothing for messages that have none. */
type Reply = (kernel: Kernel, message: Message) => object | undefined | Promise<object | undefined>;

const LOAD_MS = 30;

/** How the kernel answers each message that is not an execute_request. */
export const replies: Record<string, Reply> = {
  kernel_info_request: (kernel) => {
    // The language loads while the front end draws the notebook, once it knows that the kernel lives.
    setTimeout(() => kernel.backend().isComplete('1'), LOAD_MS);
    return kernelInfo(kernel);
  },
  is_complete_request: (kernel, { content }) => kernel.backend().isComplete(String(content.code)),
  complete_request: (kernel, { content }) => complete(kernel, content),
  inspect_request: (kernel, { content }) => inspect(kernel, content),
  history_request: (kernel, { content }) => ({ history: kernel.options.history.query(content) }),
  comm_info_request: (kernel, { content }) => commInfo(kernel, content?.target_name),
  comm_open: (kernel, message) => deliver(kernel, message),
  comm_msg: (kernel, message) => deliver(kernel, message),
  comm_close: (kernel, message) => deliver(kernel, message),
  connect_request: ({ options: { connection: c } }) => ({
    shell_port: c.shell_port,
    iopub_port: c.iopub_port,
    stdin_port: c.stdin_port,
    control_port: c.control_port,
    hb_port: c.hb_port,
  }),
  interrupt_request: async (kernel) => {
    await kernel.executor.interrupt();
    return {};
  },
  shutdown_request: (_kernel, { content }) => ({ restart: content?.restart === true }),
  debug_request: (_kernel, { content }) => ({
    type: 'response',
    request_seq: content?.seq ?? 0,
    success: false,
    command: content?.command ?? '',
    message: 'this kernel has no debugger',
  }),
};

function kernelInfo({ options }: Kernel): object {
  return {
    protocol_version: PROTOCOL_VERSION,
    implementation: 'nurdle',
    implementation_version: options.version,
    banner: `TypeScript on Node ${process.version}, nurdle ${options.version}`,
    debugger: false,
    supported_features: [],
    help_links: [{ text: 'TypeScript handbook', url: 'https://www.typescriptlang.org/docs/' }],
    language_info: {
      name: 'typescript',
      version: options.languageVersion,
      mimetype: 'text/typescript',
      file_extension: '.ts',
      pygments_lexer: 'typescript',
      codemirror_mode: { mode: 'typescript', name: 'javascript', typescript: true },
      nbconvert_exporter: 'script',
    },
  };
}

function complete(kernel: Kernel, { code, cursor_pos }: { code: string; cursor_pos: number }): object {
  const { start, end, matches } = kernel.backend().complete(code, fromCodePoints(code, cursor_pos));
  const [from, to] = [toCodePoints(code, start), toCodePoints(code, end)];
  return {
    matches: matches.map(({ text }) => text),
    cursor_start: from,
    cursor_end: to,
    metadata: {
      _jupyter_types_experimental: matches.map((match) => ({ ...match, start: from, end: to })),
    },
  };
}

function inspect(kernel: Kernel, { code, cursor_pos }: { code: string; cursor_pos: number }): object {
  const hover = kernel.backend().inspect(code, fromCodePoints(code, cursor_pos));
  if (!hover) return { found: false, data: {}, metadata: {} };
  const { signature, documentation } = hover;
  const markdown = ['```typescript\n' + signature + '\n```', documentation].filter(Boolean).join('\n\n');
  const text = [signature, documentation].filter(Boolean).join('\n\n');
  return { found: true, data: { 'text/markdown': markdown, 'text/plain': text }, metadata: {} };
}

function commInfo({ comms }: Kernel, target?: string): object {
  const wanted = [...comms].filter(([, name]) => !target || name === target);
  return { comms: Object.fromEntries(wanted.map(([id, target_name]) => [id, { target_name }])) };
}

/** Comm messages go to the child at once, also while a cell awaits there. */
async function deliver(kernel: Kernel, message: Message): Promise<undefined> {
  const { msg_type: type } = message.header;
  const content = message.content as CommContent;
  if (type === 'comm_open') kernel.comms.set(content.comm_id, content.target_name ?? '');
  if (type === 'comm_close') kernel.comms.delete(content.comm_id);
  const id = kernel.track(message);
  await kernel.session.deliverComm({
    t: 'comm',
    id,
    parentId: message.header.msg_id,
    type,
    content,
    metadata: message.metadata,
    buffers: message.buffers,
  });
  return undefined;
}
