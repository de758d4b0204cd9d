package fourways.process;

import fourways.workload.Command;
import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;
import java.nio.ByteBuffer;

/** Commands within frames: a byte for the kind, the id, then the other components in order. Only the form is checked here; sense is the ledger's to judge. */
final class CommandCodec {

    private static final byte DEPOSIT = 1;
    private static final byte WITHDRAW = 2;
    private static final byte TRANSFER = 3;
    private static final byte READ_BALANCE = 4;
    private static final byte LOCATE = 5;
    private static final byte SABOTAGE = 6;

    private CommandCodec() {}

    static void put(ByteBuffer out, Command command) {
        switch (command) {
            case Deposit c ->
                out.put(DEPOSIT).putLong(c.id()).putInt(c.account()).putLong(c.amountCents());
            case Withdraw c ->
                out.put(WITHDRAW).putLong(c.id()).putInt(c.account()).putLong(c.amountCents());
            case Transfer c ->
                out.put(TRANSFER)
                        .putLong(c.id())
                        .putInt(c.from())
                        .putInt(c.to())
                        .putLong(c.amountCents());
            case ReadBalance c -> out.put(READ_BALANCE).putLong(c.id()).putInt(c.account());
            case Locate c -> out.put(LOCATE).putLong(c.id()).putInt(c.shard());
            case Sabotage c -> {
                out.put(SABOTAGE).putLong(c.id()).putInt(c.shard());
                Fields.putString(out, c.fault());
            }
        }
    }

    static Command get(ByteBuffer in) throws MalformedFrameException {
        byte kind = in.get();
        return switch (kind) {
            case DEPOSIT -> new Deposit(in.getLong(), in.getInt(), in.getLong());
            case WITHDRAW -> new Withdraw(in.getLong(), in.getInt(), in.getLong());
            case TRANSFER -> new Transfer(in.getLong(), in.getInt(), in.getInt(), in.getLong());
            case READ_BALANCE -> new ReadBalance(in.getLong(), in.getInt());
            case LOCATE -> new Locate(in.getLong(), in.getInt());
            case SABOTAGE -> new Sabotage(in.getLong(), in.getInt(), Fields.getString(in));
            default ->
                throw new MalformedFrameException(
                        "command of kind " + kind + ", allowed are " + DEPOSIT + " to " + SABOTAGE);
        };
    }
}
