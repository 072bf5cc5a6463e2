// A module-federation container written by hand: JupyterLab loads it as it loads extensions that webpack built.
(() => {
  const folder = document.currentScript.src.replace(/\/[^/]*$/, '/');
  let shareScope;

  /** A module that JupyterLab shares with its extensions, in its newest version. */
  const shared = async (name) => {
    const versions = shareScope[name];
    const newest = Object.keys(versions).sort().pop();
    return (await versions[newest].get())();
  };

  const loadScript = (file) =>
    new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = folder + file;
      script.onload = resolve;
      script.onerror = () => reject(new Error(`could not load ${file}`));
      document.head.append(script);
    });

  /** The widget module of AnyWidget models. Its factory may run only once: views look for their model's runtime. */
  const anywidgetPlugin = async () => {
    const base = await shared('@jupyter-widgets/base');
    let exports;
    const load = async () => {
      if (!self.__nurdleAnywidget) await loadScript('anywidget.js');
      exports ??= self.__nurdleAnywidget.factory(base);
      return exports;
    };
    return {
      id: 'nurdle-jupyterlab:anywidget',
      autoStart: true,
      requires: [base.IJupyterWidgetRegistry],
      activate: async (_app, registry) => {
        await loadScript('anywidget.js');
        const { version } = self.__nurdleAnywidget;
        registry.registerWidget({ name: 'anywidget', version, exports: load });
      },
    };
  };

  let plotly;
  /** plotly.js is a script that prefers an AMD loader where it finds one: it gets none while it loads. */
  const loadPlotly = () => {
    plotly ??= (async () => {
      const { define } = self;
      self.define = undefined;
      await loadScript('plotly.min.js').finally(() => (self.define = define));
      return self.Plotly;
    })();
    return plotly;
  };

  const PLOTLY = 'application/vnd.plotly.v1+json';

  const plotlyRenderer = async () => {
    const { Widget } = await shared('@lumino/widgets');
    class Figure extends Widget {
      constructor() {
        super();
        this.addClass('jp-RenderedPlotly');
        this.figure = this.node.appendChild(document.createElement('div'));
      }
      async renderModel(model) {
        const Plotly = await loadPlotly();
        // plotly writes into what it draws: a copy keeps the notebook as it was.
        const { data, layout = {}, config = {}, frames } = structuredClone(model.data[PLOTLY]);
        await Plotly.react(this.figure, data, layout, { responsive: true, ...config });
        if (frames) await Plotly.addFrames(this.figure, frames);
      }
      onResize() {
        if (this.figure.data) self.Plotly.Plots.resize(this.figure);
      }
      onAfterShow() {
        this.onResize();
      }
      dispose() {
        if (this.figure.data) self.Plotly.purge(this.figure);
        super.dispose();
      }
    }
    return {
      id: 'nurdle-jupyterlab:plotly',
      rendererFactory: { safe: true, mimeTypes: [PLOTLY], createRenderer: () => new Figure() },
      rank: 0,
      dataType: 'json',
    };
  };

  const modules = { './extension': anywidgetPlugin, './mimeExtension': plotlyRenderer };
  self._JUPYTERLAB ??= {};
  self._JUPYTERLAB['nurdle-jupyterlab'] = {
    init: (scope) => {
      shareScope = scope;
    },
    get: async (name) => {
      const plugin = await modules[name]();
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
