// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a daemon of Nix's tells of its work beside texts (daemon, section 17), without the number of the message. */
public sealed interface Activity {
    /** The number of the activity, any 64 bits. */
    long id();

    /**
     * An activity began.
     *
     * @param level how important it is, 0 the most
     * @param type Nix's number of the kind of work
     * @param parent the activity it is part of; 0 for none
     */
    record Started(long id, long level, long type, String text, List<Field> fields, long parent) implements Activity {
        public Started {
            fields = List.copyOf(fields);
        }
    }

    /** An activity ended. */
    record Stopped(long id) implements Activity {}

    /** Something came out of an activity. @param type Nix's number of what it is */
    record Told(long id, long type, List<Field> fields) implements Activity {
        public Told {
            fields = List.copyOf(fields);
        }
    }

    /** A value that goes with an activity. */
    sealed interface Field {
        /** A number of 64 bits. */
        record Number(long value) implements Field {}

        /** A text. */
        record Text(String value) implements Field {}
    }

    /** Writes the message, its number included. */
    default void write(WireWriter out) throws IOException {
        switch (this) {
            case Started started -> {
                out.writeInt(Message.START_ACTIVITY.code());
                out.writeLong(started.id);
                out.writeInt(started.level);
                out.writeInt(started.type);
                out.writeText(started.text);
                writeFields(out, started.fields);
                out.writeLong(started.parent);
            }
            case Stopped stopped -> {
                out.writeInt(Message.STOP_ACTIVITY.code());
                out.writeLong(stopped.id);
            }
            case Told told -> {
                out.writeInt(Message.RESULT.code());
                out.writeLong(told.id);
                out.writeInt(told.type);
                writeFields(out, told.fields);
            }
        }
    }

    /** Reads what follows {@link Message#START_ACTIVITY}. */
    static Started readStarted(WireReader in) throws IOException {
        return new Started(
                in.readLong(),
                in.readInt(),
                in.readInt(),
                in.readText(WireLimits.NAME),
                readFields(in),
                in.readLong());
    }

    /** Reads what follows {@link Message#STOP_ACTIVITY}. */
    static Stopped readStopped(WireReader in) throws IOException {
        return new Stopped(in.readLong());
    }

    /** Reads what follows {@link Message#RESULT}. */
    static Told readTold(WireReader in) throws IOException {
        return new Told(in.readLong(), in.readInt(), readFields(in));
    }

    private static void writeFields(WireWriter out, List<Field> fields) throws IOException {
        out.writeInt(fields.size());
        for (Field field : fields) {
            switch (field) {
                case Field.Number number -> {
                    out.writeInt(0);
                    out.writeLong(number.value);
                }
                case Field.Text text -> {
                    out.writeInt(1);
                    out.writeText(text.value);
                }
            }
        }
    }

    private static List<Field> readFields(WireReader in) throws IOException {
        int count = in.readCount(WireLimits.NAME);
        List<Field> fields = new ArrayList<>();
        int left = WireLimits.TEXT;
        for (int i = 0; i < count; i++) {
            long kind = in.readInt();
            if (kind > 1) {
                throw new WireException("invalid field of an activity: " + kind);
            }
            if (kind == 0) {
                fields.add(new Field.Number(in.readLong()));
            } else {
                String text = in.readText(left);
                left -= Math.min(left, text.length());
                fields.add(new Field.Text(text));
            }
        }
        return fields;
    }
}
