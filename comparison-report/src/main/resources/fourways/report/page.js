'use strict';
// The page is complete without this: the script adds charts to tables, and opens a cell where it stands.
(() => {
  const figures = JSON.parse(document.getElementById('figures').textContent);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const charts = new Map();
  let printing = false;
  document.documentElement.classList.add('script');

  // ---- Colors and words -------------------------------------------------------------------------------------------
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const three = (number) =>
    number === 0 ? '0' : Math.abs(number) < 99.95 ? number.toPrecision(3) : Number(number.toPrecision(3)).toLocaleString('en-US');
  const plain = (number) => String(Number(number.toPrecision(3)));
  const short = (number) =>
    number >= 1e6 ? three(number / 1e6) + ' M' : number >= 1e3 ? three(number / 1e3) + ' k' : three(number);

  // Text nodes only: names come from whoever wrote the architecture. No markup, and no style attribute, which the policy forbids.
  const tip = (title, lines) => {
    const box = document.createElement('div');
    box.className = 'tip';
    const head = document.createElement('b');
    head.textContent = title;
    box.append(head);
    for (const line of lines) {
      const row = document.createElement('div');
      row.textContent = line;
      box.append(row);
    }
    return box;
  };
  const tooltip = () => ({
    confine: true,
    backgroundColor: color('paper'),
    borderColor: color('line'),
    textStyle: { color: color('ink'), fontSize: 13 },
  });

  // ---- Bars with intervals ----------------------------------------------------------------------------------------
  const whisker = (series, count) => ({
    type: 'custom',
    name: series.name,
    silent: true,
    z: 3,
    tooltip: { show: false },
    encode: { x: [1, 2], y: 0 },
    data: series.figures
      .map((figure, row) => (figure && figure.samples > 1 ? [row, figure.low, figure.high, series.index] : null))
      .filter((item) => item),
    renderItem: (params, api) => {
      const band = api.barLayout({ count, barGap: '15%', barCategoryGap: '34%' })[series.index];
      const low = api.coord([api.value(1), api.value(0)]);
      const high = api.coord([api.value(2), api.value(0)]);
      const y = low[1] + band.offsetCenter;
      const style = { stroke: color('ink'), lineWidth: 1.25, fill: null };
      const line = (x1, y1, x2, y2) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style });
      return {
        type: 'group',
        children: [
          line(low[0], y, high[0], y),
          line(low[0], y - 3, low[0], y + 3),
          line(high[0], y - 3, high[0], y + 3),
        ],
      };
    },
  });

  const bars = (element) => {
    const chart = figures.bars.find((candidate) => candidate.id === element.dataset.bars);
    const count = chart.series.length;
    const series = chart.series.map((one, index) => ({ ...one, index }));
    const narrow = element.clientWidth < 420;
    const ends = series.flatMap((one) => one.figures.map((figure) => (figure ? figure.high : 0)));
    element.style.height = 58 + figures.subjects.length * (18 + count * 15) + 'px';
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 4, right: 52, top: 30, bottom: 4, containLabel: true },
      legend: { left: 0, top: 0, itemWidth: 12, itemHeight: 12, itemGap: 16, icon: 'rect', selectedMode: false,
        textStyle: { color: color('soft'), fontSize: 12 }, data: series.map((one) => one.name) },
      tooltip: {
        ...tooltip(),
        trigger: 'item',
        formatter: (params) => {
          const figure = series[params.seriesIndex].figures[params.dataIndex];
          return tip(figures.subjects[params.dataIndex] + ', ' + params.seriesName, [
            'median ' + short(figure.median),
            figure.samples > 1 ? '95 % interval ' + short(figure.low) + ' to ' + short(figure.high) : 'one sample, no interval',
          ]);
        },
      },
      xAxis: {
        type: 'value', min: 0, max: Math.max(...ends, 0) || 1, splitNumber: 3,
        axisLabel: { show: false }, axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false },
      },
      yAxis: {
        type: 'category', inverse: true, data: figures.subjects,
        axisTick: { show: false }, axisLine: { lineStyle: { color: color('soft') } },
        axisLabel: { color: color('ink'), fontSize: 12, width: narrow ? 104 : 132, overflow: 'break', lineHeight: 15 },
      },
      series: [
        ...series.map((one) => ({
          type: 'bar', name: one.name, barGap: '15%', barCategoryGap: '34%',
          color: color('series-' + (1 + (one.index % 4))),
          data: one.figures.map((figure) => (figure ? figure.median : null)),
          label: { show: false },
        })),
        ...series.map((one) => whisker(one, count)),
        ...series.map((one) => valueLabels(one, count)),
      ],
    };
  };

  // The value stands behind the whisker, not on it.
  const valueLabels = (series, count) => ({
    type: 'custom', name: series.name, silent: true, z: 4, tooltip: { show: false }, encode: { x: 1, y: 0 },
    data: series.figures
      .map((figure, row) => (figure ? [row, figure.high, figure.median] : null))
      .filter((item) => item),
    renderItem: (params, api) => {
      const band = api.barLayout({ count, barGap: '15%', barCategoryGap: '34%' })[series.index];
      const at = api.coord([api.value(1), api.value(0)]);
      return {
        type: 'text', x: at[0] + 7, y: at[1] + band.offsetCenter,
        style: { text: short(api.value(2)), fill: color('ink'), font: '11px ' + getComputedStyle(document.body).fontFamily, verticalAlign: 'middle' },
      };
    },
  });

  // ---- The lanes of a cell ----------------------------------------------------------------------------------------
  // A lane is written as runs: 'j' for all ok, down to 'a' for none, '.' for nothing sent; each with how often, if more than once.
  const NONE_OK = 'a'.charCodeAt(0);
  const ALL_OK = 9;
  const runs = (lane) => {
    let at = 0;
    return [...lane.matchAll(/([.a-j])(\d*)/g)].map(([, sign, times]) => {
      const from = at;
      at += Number(times || 1);
      return { from, to: at, ok: sign === '.' ? null : sign.charCodeAt(0) - NONE_OK };
    });
  };
  const LEFT = 62;
  const TOP = 22;
  const BOTTOM = 22;
  const heights = (strip) => strip.lanes.map((lane, shard) => (strip.victims.includes(shard) ? 9 : 4));
  const buckets = (strip) => Math.max(1, ...strip.lanes.slice(0, 1).map((lane) => runs(lane).at(-1)?.to ?? 1));
  const seconds = (strip, bucket) => (bucket * strip.bucketMillis - strip.faultAtMillis) / 1000;
  const signed = (number) => (number > 0 ? '+' : '') + plain(number) + ' s';

  // Full steps would hide a single failure among many requests: what is not all ok is at least this visible.
  const shade = (ok) => (ok === null ? color('empty') : ok === ALL_OK ? color('ok') : color('bad'));
  const strength = (ok) => (ok === null || ok === ALL_OK ? 1 : 0.45 + 0.55 * (1 - ok / ALL_OK));

  const drawLanes = (element) => {
    const strip = figures.strips[element.dataset.lanes];
    const canvas = element.querySelector('canvas') ?? element.appendChild(document.createElement('canvas'));
    const rows = heights(strip);
    const width = element.clientWidth;
    const height = TOP + rows.reduce((sum, row) => sum + row, 0) + BOTTOM;
    const scale = devicePixelRatio || 1;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.style.height = height + 'px';
    const pen = canvas.getContext('2d');
    pen.scale(scale, scale);
    pen.font = '11px ' + getComputedStyle(document.body).fontFamily;
    const unit = (width - LEFT - 1) / buckets(strip);
    const x = (bucket) => LEFT + bucket * unit;
    let y = TOP;
    strip.lanes.forEach((lane, shard) => {
      const victim = strip.victims.includes(shard);
      for (const run of runs(lane)) {
        pen.globalAlpha = 1;
        pen.fillStyle = color(run.ok === null ? 'empty' : 'ok');
        pen.fillRect(x(run.from), y, (run.to - run.from) * unit, rows[shard] - 1);
        pen.globalAlpha = strength(run.ok);
        pen.fillStyle = shade(run.ok);
        pen.fillRect(x(run.from), y, (run.to - run.from) * unit, rows[shard] - 1);
      }
      pen.globalAlpha = 1;
      if (victim) {
        pen.fillStyle = color('ink');
        pen.textAlign = 'right';
        pen.textBaseline = 'middle';
        pen.fillText('victim ' + shard + ' ▸', LEFT - 4, y + rows[shard] / 2);
      }
      y += rows[shard];
    });
    axis(pen, strip, x, y, width);
    element.onpointermove = (event) => pointAt(element, strip, rows, event, unit);
    element.onpointerleave = () => element.nextElementSibling.replaceChildren(element.dataset.hint);
  };

  // The fault, the numbered steps of the story, and seconds from the fault.
  const axis = (pen, strip, x, bottom, width) => {
    const at = (millis) => x(millis / strip.bucketMillis);
    const line = (left, name, thickness) => {
      pen.fillStyle = color(name);
      pen.fillRect(left - thickness / 2, TOP - 4, thickness, bottom - TOP + 4);
    };
    pen.textAlign = 'center';
    pen.textBaseline = 'alphabetic';
    let labelled = at(strip.faultAtMillis) + 8;
    for (const mark of strip.marks) {
      const left = at(mark.atMillis);
      if (mark.atMillis <= strip.faultAtMillis || left > width) {
        continue;
      }
      line(left, 'soft', 1);
      if (left - labelled > 12 && left < width - 8) {
        pen.fillText(mark.number, left, TOP - 8);
        labelled = left;
      }
    }
    line(at(strip.faultAtMillis), 'ink', 2);
    pen.fillText('fault', at(strip.faultAtMillis), TOP - 8);
    const last = seconds(strip, buckets(strip));
    const step = [1, 2, 5, 10, 20, 60].find((each) => (last - seconds(strip, 0)) / each <= width / 70) ?? 120;
    pen.fillStyle = color('soft');
    for (let second = Math.ceil(seconds(strip, 0) / step) * step; second <= last; second += step) {
      const left = at(second * 1000 + strip.faultAtMillis);
      pen.fillRect(left, bottom, 1, 4);
      if (left < width - 14 && left > LEFT + 8) {
        pen.fillText(signed(second), left, bottom + 16);
      }
    }
  };

  const pointAt = (element, strip, rows, event, unit) => {
    const bucket = Math.floor((event.offsetX - LEFT) / unit);
    let shard = 0;
    for (let y = TOP + rows[0]; shard < rows.length - 1 && event.offsetY >= y; y += rows[shard]) {
      shard++;
    }
    const run = runs(strip.lanes[shard] ?? '').find((one) => one.from <= bucket && bucket < one.to);
    if (bucket < 0 || !run) {
      return;
    }
    const share = run.ok === null ? 'nothing sent' : run.ok === ALL_OK ? 'all ok' : run.ok === 0 ? 'none ok' : 'about ' + Math.round((run.ok / ALL_OK) * 100) + ' % ok';
    element.nextElementSibling.replaceChildren(
      (strip.victims.includes(shard) ? 'Victim' : 'Neighbour') + ', shard ' + shard + ', ' + signed(seconds(strip, bucket)) + ' from the fault: ' + share);
  };

  // ---- Drawing, and drawing again ---------------------------------------------------------------------------------
  const draw = (element) => (element.dataset.bars ? drawBars(element) : drawLanes(element));
  const watched = new Set();
  const watch = (element) => {
    if (!watched.has(element)) {
      watched.add(element);
      new ResizeObserver(() => !printing && element.clientWidth > 0 && draw(element)).observe(element);
    }
  };
  const drawBars = (element) => {
    const option = bars(element);
    let chart = charts.get(element);
    if (!chart) {
      chart = echarts.init(element, null, { renderer: 'canvas' });
      charts.set(element, chart);
    }
    chart.resize();
    chart.setOption(option, { notMerge: true });
  };
  const drawAll = () => [...watched].filter((element) => element.clientWidth > 0).forEach(draw);
  dark.addEventListener('change', drawAll);
  const print = (now) => {
    printing = now;
    document.documentElement.classList.toggle('printing', now);
    drawAll();
  };
  addEventListener('beforeprint', () => print(true));
  addEventListener('afterprint', () => print(false));

  // ---- Cells ------------------------------------------------------------------------------------------------------
  const home = document.getElementById('cells');
  const stacked = matchMedia('(max-width: 62rem)');
  let opened = null;

  const close = (focus) => {
    if (!opened) {
      return;
    }
    const { link, details, row, next } = opened;
    opened = null;
    details.classList.remove('open');
    home.insertBefore(details, next);
    row.remove();
    link.setAttribute('aria-expanded', 'false');
    history.replaceState(null, '', location.pathname);
    if (focus) {
      link.focus();
    }
  };

  // Below the row of its fault; where cells are stacked, below the cell itself.
  const place = (link, details) => {
    const box = document.createElement('td');
    box.className = 'opened';
    box.setAttribute('role', 'cell');
    box.append(details);
    if (stacked.matches) {
      link.closest('td').after(box);
      return box;
    }
    const above = link.closest('tr');
    const row = document.createElement('tr');
    row.setAttribute('role', 'row');
    box.colSpan = above.cells.length;
    row.append(box);
    above.after(row);
    return row;
  };

  const open = (link) => {
    close(false);
    const details = document.getElementById(link.hash.slice(1));
    const next = details.nextSibling;
    const row = place(link, details);
    details.classList.add('open');
    link.setAttribute('aria-expanded', 'true');
    opened = { link, details, row, next };
    // So that the address, sent to somebody, opens the same cell.
    history.replaceState(null, '', link.hash);
    const lanes = details.querySelector('[data-lanes]');
    if (lanes) {
      draw(lanes);
      watch(lanes);
    }
    details.querySelector('h4').focus({ preventScroll: true });
    details.scrollIntoView({ block: 'nearest' });
  };

  for (const link of document.querySelectorAll('a.cell')) {
    link.setAttribute('role', 'button');
    link.setAttribute('aria-expanded', 'false');
    link.setAttribute('aria-controls', link.hash.slice(1));
    const toggle = (event) => {
      event.preventDefault();
      if (opened && opened.link === link) {
        close(true);
      } else {
        open(link);
      }
    };
    link.addEventListener('click', toggle);
    // A link answers Enter by itself; what is announced as a button must answer the space bar, too.
    link.addEventListener('keydown', (event) => event.key === ' ' && toggle(event));
  }
  // A cell that is named elsewhere on the page is opened where it stands in the matrix.
  for (const link of document.querySelectorAll('a[href^="#cell-"]:not(.cell)')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      const cell = [...document.querySelectorAll('a.cell')].find((one) => one.hash === link.hash);
      open(cell);
      cell.scrollIntoView({ block: 'start' });
    });
  }
  for (const back of document.querySelectorAll('.details .back')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'close';
    button.textContent = 'Close';
    button.addEventListener('click', () => close(true));
    back.replaceChildren(button);
  }
  document.addEventListener('keydown', (event) => event.key === 'Escape' && close(true));
  stacked.addEventListener('change', () => opened && !printing && open(opened.link));

  for (const chart of document.querySelectorAll('[data-bars]')) {
    draw(chart);
    watch(chart);
  }
  const asked = [...document.querySelectorAll('a.cell')].find((link) => link.hash === location.hash);
  if (asked) {
    open(asked);
  }
})();
