package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValidationTest {

    private static final LedgerConfig CONFIG = LedgerConfig.inMemory().withAccounts(10, 4);

    static Stream<Command> sensible() {
        return Stream.of(
                new Deposit(1, 0, 1),
                new Deposit(Long.MIN_VALUE, 9, Long.MAX_VALUE),
                new Withdraw(1, 9, Long.MAX_VALUE),
                new Transfer(1, 0, 9, 1),
                new Transfer(1, 9, 1, 1),
                new ReadBalance(-1, 9),
                new Locate(1, 3),
                new Sabotage(1, 0, "busy-loop"));
    }

    @ParameterizedTest
    @MethodSource
    void sensible(Command command) {
        assertNull(Validation.refusalOf(command, CONFIG));
    }

    static Stream<Arguments> senseless() {
        String accounts = ", allowed are 0 to 9";
        String amounts = " cents, allowed are 1 and more";
        return Stream.of(
                refused(new Deposit(1, 10, 1), Reason.UNKNOWN_ACCOUNT, "account 10" + accounts),
                refused(new Deposit(1, -1, 1), Reason.UNKNOWN_ACCOUNT, "account -1" + accounts),
                refused(new Deposit(1, 0, 0), Reason.INVALID_AMOUNT, "amount 0" + amounts),
                refused(new Withdraw(1, 10, 1), Reason.UNKNOWN_ACCOUNT, "account 10" + accounts),
                refused(new Withdraw(1, 0, -1), Reason.INVALID_AMOUNT, "amount -1" + amounts),
                refused(new Transfer(1, 10, 0, 1), Reason.UNKNOWN_ACCOUNT, "account 10" + accounts),
                refused(new Transfer(1, 0, 10, 1), Reason.UNKNOWN_ACCOUNT, "account 10" + accounts),
                refused(new Transfer(1, 3, 3, 1), Reason.SAME_ACCOUNT, "a transfer from account 3 to itself"),
                refused(
                        new Transfer(1, 0, 1, Long.MIN_VALUE),
                        Reason.INVALID_AMOUNT,
                        "amount -9223372036854775808" + amounts),
                refused(
                        new ReadBalance(1, Integer.MIN_VALUE),
                        Reason.UNKNOWN_ACCOUNT,
                        "account -2147483648" + accounts),
                refused(new Locate(1, 4), Reason.UNKNOWN_SHARD, "shard 4, allowed are 0 to 3"),
                refused(new Locate(1, -1), Reason.UNKNOWN_SHARD, "shard -1, allowed are 0 to 3"),
                refused(new Sabotage(1, 4, "exit"), Reason.UNKNOWN_SHARD, "shard 4, allowed are 0 to 3"),
                refused(
                        new Sabotage(1, 0, "EXIT"),
                        Reason.UNKNOWN_FAULT,
                        "fault 'EXIT', allowed are [exception, stack-overflow, heap-exhaustion, gc-pressure, busy-loop,"
                                + " blocking-call, deadlock, descriptor-exhaustion, poisoned-class, wild-write,"
                                + " native-crash, exit, slow-request]"));
    }

    private static Arguments refused(Command command, Reason reason, String detail) {
        return Arguments.of(command, new Refused(reason, detail));
    }

    @ParameterizedTest
    @MethodSource
    void senseless(Command command, Refused refusal) {
        assertEquals(refusal, Validation.refusalOf(command, CONFIG));
    }
}
