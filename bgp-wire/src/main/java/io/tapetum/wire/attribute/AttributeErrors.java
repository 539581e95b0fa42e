package io.tapetum.wire.attribute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.attribute.AttributeError.Outcome;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.Notification;

/**
 * The errors of one UPDATE, gathered while it is parsed, so that the strongest can decide (RFC 7606 §3 h). Reused from
 * one UPDATE to the next and touched only where something is wrong; not thread-safe.
 */
public final class AttributeErrors {

    /** How many errors of one UPDATE are described; the rest count without a description. */
    public static final int LIMIT = 16;

    private static final byte[] NO_DATA = new byte[0];

    private final ArrayList<AttributeError> list = new ArrayList<>();
    private boolean treatAsWithdraw;
    private @Nullable BgpErrorException escalation;

    /** Forgets all errors. */
    public void clear() {
        if (!list.isEmpty()) {
            list.clear();
            treatAsWithdraw = false;
            escalation = null;
        }
    }

    public boolean isEmpty() {
        return list.isEmpty();
    }

    /** Whether an error asks for treat-as-withdraw. */
    public boolean treatAsWithdraw() {
        return treatAsWithdraw;
    }

    /** The errors so far, as a value: at most {@link #LIMIT}, and never without the strongest. */
    public List<AttributeError> asList() {
        return list.isEmpty() ? List.of() : List.copyOf(list);
    }

    /** Notes an attribute that is taken out. */
    public void discard(int type, String text) {
        add(new AttributeError(type, Outcome.ATTRIBUTE_DISCARD, text));
    }

    /** Notes NLRI of a family that cannot be read. */
    public void disableFamily(int type, String text) {
        add(new AttributeError(type, Outcome.FAMILY_DISABLE, text));
    }

    /** Notes an error that withdraws the UPDATE's routes; {@code code} is for the case that there are none. */
    public void withdraw(int type, ErrorCode code, String text) {
        withdraw(type, code, text, NO_DATA, 0, 0);
    }

    /**
     * Notes an error that withdraws the UPDATE's routes.
     *
     * @param code what RFC 4271 §6.3 calls the error: it is sent if the UPDATE turns out to have no routes (§5.2)
     * @param octets holds the offending attribute in {@code [from, to)}
     */
    public void withdraw(int type, ErrorCode code, String text, byte[] octets, int from, int to) {
        if (!treatAsWithdraw) {
            byte[] data = from == to ? NO_DATA : Arrays.copyOfRange(octets, from, to);
            escalation = new BgpErrorException(Notification.of(code, data), text);
        }
        treatAsWithdraw = true;
        add(new AttributeError(type, Outcome.TREAT_AS_WITHDRAW, text));
    }

    /**
     * The session reset that the first {@link #withdraw} becomes in an UPDATE that encodes no reachable NLRI (RFC 7606
     * §5.2); {@code null} when there was none.
     */
    public @Nullable BgpErrorException escalation() {
        return escalation;
    }

    private void add(AttributeError error) {
        if (list.size() < LIMIT) {
            list.add(error);
        } else if (error.outcome().compareTo(list.get(LIMIT - 1).outcome()) > 0) {
            list.set(LIMIT - 1, error);
        }
    }
}
