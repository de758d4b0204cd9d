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

  // ---- Timeline of a cell -----------------------------------------------------------------------------------------
  const timeline = (element) => {
    const times = figures.timelines[element.dataset.timeline];
    const seconds = (index) => (index * times.bucketMillis - times.faultAtMillis) / 1000;
    // A step holds over its whole bucket, so the last value is said once more at the end of its bucket.
    const points = (shares) => [...shares, shares.at(-1) ?? null].map((share, index) => [seconds(index), share === null ? null : share * 100]);
    const end = seconds(times.victim.length);
    const lane = (name, row, shares, marks) => ({
      type: 'line', name, step: 'end', xAxisIndex: row, yAxisIndex: row, data: points(shares), showSymbol: false, connectNulls: false,
      lineStyle: { color: color('series-2'), width: 1.5 }, itemStyle: { color: color('series-2') }, areaStyle: { color: color('ok'), opacity: 0.45 },
      markLine: {
        silent: true, symbol: 'none', animation: false,
        data: [
          { xAxis: 0, lineStyle: { color: color('bad'), width: 2, type: 'solid' }, label: { show: row === 0, formatter: 'fault', color: color('bad'), fontWeight: 'bold' } },
          ...marks.map((mark) => ({ xAxis: mark.at, lineStyle: { color: color('soft'), width: 1, type: 'dashed' }, label: { show: row === 0, formatter: mark.number, color: color('soft') } })),
        ],
      },
    });
    // A number that would stand on another is left out; its line and the list beside the chart remain.
    const gap = ((end - seconds(0)) * 26) / element.clientWidth;
    let labelled = 0;
    const marks = times.moments
      .map((moment, index) => ({ at: (moment.atMillis - times.faultAtMillis) / 1000, number: String(index + 1) }))
      .filter((mark) => mark.at > 0 && mark.at <= end)
      .map((mark) => {
        const fits = mark.at - labelled > gap;
        labelled = fits ? mark.at : labelled;
        return { ...mark, number: fits ? mark.number : '' };
      });
    const grids = [{ top: 44, height: '28%' }, { top: '62%', height: '28%' }];
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: grids.map((grid) => ({ left: 52, right: 16, ...grid })),
      tooltip: {
        ...tooltip(),
        trigger: 'axis',
        formatter: (params) => tip(
          plain(params[0].value[0]) + ' s from the fault',
          params.map((one) => one.seriesName + ': ' + (one.value[1] === null ? 'nothing sent' : plain(one.value[1]) + ' % ok'))),
      },
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      xAxis: grids.map((grid, row) => ({
        type: 'value', gridIndex: row, min: seconds(0), max: end,
        axisLabel: { show: row === 1, color: color('soft'), formatter: (value) => (value > 0 ? '+' : '') + plain(value) + ' s', showMinLabel: false, showMaxLabel: false },
        axisLine: { lineStyle: { color: color('soft') } }, axisTick: { show: row === 1 }, splitLine: { show: false },
      })),
      yAxis: ['Neighbours', 'Victim'].map((name, row) => ({
        type: 'value', gridIndex: row, min: 0, max: 100, interval: 50, name: name + ', % ok', nameGap: 24, axisTick: { show: false },
        nameTextStyle: { align: 'left', color: color('ink'), fontWeight: 'bold', padding: [0, 0, 0, -44] },
        axisLine: { onZero: false, show: false }, axisLabel: { color: color('soft') }, splitLine: { lineStyle: { color: color('line') } },
      })),
      series: [lane('Neighbours', 0, times.neighbours, marks), lane('Victim', 1, times.victim, marks)],
    };
  };

  // ---- Drawing, and drawing again ---------------------------------------------------------------------------------
  const draw = (element) => {
    const option = element.dataset.bars ? bars(element) : timeline(element);
    let chart = charts.get(element);
    if (!chart) {
      chart = echarts.init(element, null, { renderer: 'canvas' });
      charts.set(element, chart);
      new ResizeObserver(() => !printing && element.clientWidth > 0 && draw(element)).observe(element);
    }
    chart.resize();
    chart.setOption(option, { notMerge: true });
  };
  const drawAll = () => [...charts.keys()].filter((element) => element.clientWidth > 0).forEach(draw);
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
    const chart = details.querySelector('[data-timeline]');
    if (chart) {
      draw(chart);
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

  document.querySelectorAll('[data-bars]').forEach(draw);
  const asked = [...document.querySelectorAll('a.cell')].find((link) => link.hash === location.hash);
  if (asked) {
    open(asked);
  }
})();
