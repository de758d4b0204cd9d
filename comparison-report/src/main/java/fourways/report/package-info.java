/**
 * Runs all architectures on the same work, injects faults, checks, and draws the page. Knows none of them by name: an architecture is whatever {@link
 * java.util.ServiceLoader} finds. Reading order:
 *
 * <ol>
 *   <li><b>From the command line to the results</b>: {@link fourways.report.Main}, {@link fourways.report.RunCommand}, {@link fourways.report.CompareCommand}, {@link fourways.report.Plan},
 *       {@link fourways.report.Run}, {@link fourways.report.TrialRunner}.
 *   <li><b>A trial in a JVM of its own</b>, seen from outside: {@link fourways.report.TrialCommand}, {@link fourways.report.TrialJvm}, {@link
 *       fourways.report.ProcessTree}; and from inside: {@link fourways.report.TrialHost}, {@link fourways.report.HostDrive}, {@link
 *       fourways.report.HostService}, {@link fourways.report.HostLeash}.
 *   <li><b>A fault</b>: {@link fourways.report.FaultTrial}, {@link fourways.report.Catalogue}, {@link
 *       fourways.report.Injection}, {@link fourways.report.Sabotaging}, {@link fourways.report.ServedLedger}.
 *   <li><b>What clients saw of it</b>: {@link fourways.report.Schedule}, {@link fourways.report.Observer}, {@link fourways.report.Observation}, {@link
 *       fourways.report.Outage}, {@link fourways.report.Slowness}, {@link fourways.report.Measuring}, {@link fourways.report.FaultMeasurement}.
 *   <li><b>What is left for others to check</b>: {@link fourways.report.Aftermath}, {@link fourways.report.RawFolder}, {@link fourways.report.RawCheck}.
 *   <li><b>What a trial is worth</b>: {@link fourways.report.Audit}, {@link fourways.report.Finding}, {@link fourways.report.Tabulation}, {@link
 *       fourways.report.FaultCells}, {@link fourways.report.NetOfControl}, {@link fourways.report.Figure}, {@link fourways.report.Results}.
 *   <li><b>What people read</b>: {@link fourways.report.Page}, {@link fourways.report.TerminalTable}, {@link fourways.report.Summary}.
 * </ol>
 */
@NullMarked
package fourways.report;

import org.jspecify.annotations.NullMarked;
