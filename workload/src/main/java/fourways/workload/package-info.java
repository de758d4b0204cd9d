/**
 * The one job that all four architectures do: a bank ledger spread over shards, with its journal, its faults, its load and its checker.
 *
 * <p>Nothing in here knows a framework or starts a thread to serve requests; that is what the architectures are for. Reading order:
 *
 * <ol>
 *   <li><b>The contract</b>: {@link fourways.workload.Command}, {@link fourways.workload.Outcome}, {@link fourways.workload.Ledger}, {@link
 *       fourways.workload.Architecture}, {@link fourways.workload.LedgerConfig}.
 *   <li><b>The gate</b>: {@link fourways.workload.Admission}, {@link fourways.workload.Request}.
 *   <li><b>The shard</b>: {@link fourways.workload.Shard}, its {@link fourways.workload.Books} and {@link fourways.workload.Outbox}, and the {@link
 *       fourways.workload.Peers} it sends money to.
 *   <li><b>The journal</b>: {@link fourways.workload.LedgerStore}, {@link fourways.workload.Journal}, {@link fourways.workload.Entry}; in files {@link
 *       fourways.workload.MappedJournal}, {@link fourways.workload.Segment}, {@link fourways.workload.Replay}, {@link fourways.workload.GroupCommit}; read afterwards by {@link
 *       fourways.workload.JournalAudit}.
 *   <li><b>What hardened variants are made of</b>: {@link fourways.workload.Pulse}, {@link fourways.workload.Watchdog}, {@link fourways.workload.Restarts}, {@link
 *       fourways.workload.Blame} and {@link fourways.workload.Quarantine}; and what all say of a recovery, {@link fourways.workload.RecoveryLog}.
 *   <li><b>The proof</b>: {@link fourways.workload.Load}, {@link fourways.workload.History}, {@link fourways.workload.Checker}, {@link
 *       fourways.workload.Fault}, {@link fourways.workload.StandardFault}.
 * </ol>
 */
@NullMarked
package fourways.workload;

import org.jspecify.annotations.NullMarked;
