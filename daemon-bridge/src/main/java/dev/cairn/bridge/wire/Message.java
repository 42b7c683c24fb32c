// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.wire;

/** What a server sends while it works, by the number that it begins with (daemon, sections 3 and 17). */
public enum Message {
    /** A text for people, or traces and output of builders: one string follows. */
    NEXT(0x6f6c6d67L),
    /** Asks for data: the greatest length follows; the client answers with a string of 1 to that many octets. */
    READ(0x64617461L),
    /** Data: one string follows. */
    WRITE(0x64617416L),
    /** The work is done; the reply follows. */
    LAST(0x616c7473L),
    /** The work failed; an {@link ErrorReport} follows, and no reply. */
    ERROR(0x63787470L),
    /** Only of Nix: {@link Activity.Started} follows. */
    START_ACTIVITY(0x53545254L),
    /** Only of Nix: {@link Activity.Stopped} follows. */
    STOP_ACTIVITY(0x53544f50L),
    /** Only of Nix: {@link Activity.Told} follows. */
    RESULT(0x52534c54L);

    private final long code;

    Message(long code) {
        this.code = code;
    }

    /** The number. */
    public long code() {
        return code;
    }

    /** @throws WireException when no message begins with {@code code} */
    public static Message of(long code) throws WireException {
        for (Message message : values()) {
            if (message.code == code) {
                return message;
            }
        }
        throw new WireException("invalid message 0x" + Long.toHexString(code));
    }
}
