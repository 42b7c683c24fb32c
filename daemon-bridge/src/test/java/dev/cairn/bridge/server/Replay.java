// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bridge.wire.Recording;
import dev.cairn.bridge.wire.Recording.Part;
import dev.cairn.bridge.wire.Recording.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says to a server what a recorded client said, and compares what it answers. */
final class Replay {
    private static final String HOME = "/home/alice";
    private static final Pattern BUILDER = Pattern.compile("(NEXT @ build-started .* )[0-9]+\n");
    private static final Pattern OUTPUT = Pattern.compile("NEXT @ build-log [0-9]+ [0-9]+\n(.*)", Pattern.DOTALL);
    private static final Pattern TEMPORARY = Pattern.compile("/temproots/[0-9]+");
    /** {@code (signature} and what is before and after it in a string, in hexadecimal. */
    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{16}287369676e6174757265.*");

    private static final Pattern TICKS = Pattern.compile("(tick\n)+");

    private static final Pattern DOWNLOAD = Pattern.compile("NEXT @ download-.*", Pattern.DOTALL);

    private static final Pattern KEPT = Pattern.compile("/tmp/guix-build-([a-z]+)\\.drv-[0-9]+");

    private final RawClient client;
    private final Path root;
    private final List<String> omitted;
    private final Map<String, String> answers;
    private final List<Path> kept = new ArrayList<>();

    /**
     * @param omitted begins of messages that do not count on either side
     * @param answers what is expected in place of what was recorded
     */
    Replay(RawClient client, Path root, List<String> omitted, Map<String, String> answers) {
        this.client = client;
        this.root = root;
        this.omitted = omitted;
        this.answers = answers;
    }

    /** Folders of failed builds that were kept, for whoever has no more use of them. */
    List<Path> kept() {
        return kept;
    }

    /** Plays a conversation from its begin on, or, where the greeting was left out of it, from there. */
    void play(Recording recording) throws IOException {
        List<Part> parts = recording.parts();
        int i = 0;
        while (i < parts.size()) {
            Part part = parts.get(i);
            if (part.side() == Side.CLIENT) {
                say(part);
                i++;
            } else if (part.isEnd()) {
                assertThat(client.isEnded()).as("the end of " + recording.name()).isTrue();
                return;
            } else if (part.isMessage()) {
                List<String> expected = new ArrayList<>();
                do {
                    expected.add(Recording.message(parts.get(i++).octets()));
                } while (!ends(expected.getLast()));
                List<String> actual = new ArrayList<>();
                do {
                    actual.add(Recording.message(client.in));
                } while (!ends(actual.getLast()));
                for (String text : actual) {
                    KEPT.matcher(text).results().forEach(match -> kept.add(Path.of(match.group())));
                }
                for (List<String> side : List.of(expected, actual)) {
                    side.removeIf(text -> omitted.stream().anyMatch(text::startsWith));
                }
                assertThat(normal(actual)).as(recording.name() + ", part " + i).isEqualTo(normal(expected));
            } else {
                hear(recording.name() + ", part " + i, part);
                i++;
            }
        }
    }

    private void say(Part part) throws IOException {
        boolean aboutHome = part.fields().stream().anyMatch(field -> field.value().asString("").contains(HOME));
        byte[] octets = aboutHome ? part.rewritten(HOME, root + HOME) : part.octets();
        try {
            client.out.writeRaw(octets, 0, octets.length);
            client.out.flush();
        } catch (IOException _) {
            // The server has closed the connection, as the recording shows next.
        }
    }

    private static boolean ends(String message) {
        return message.equals("LAST") || message.startsWith("ERROR ") || message.startsWith("READ ");
    }

    /** A reply, field by field; times are those of the store, not those of the recording. */
    private void hear(String description, Part reply) throws IOException {
        for (Recording.Field field : reply.fields()) {
            Object actual = field.read(client.in);
            if (!field.name().equals("registration-time")) {
                assertThat(plain(actual.toString()))
                        .as(description + ", " + field.name())
                        .isEqualTo(answers.getOrDefault(field.plain().toString(), field.plain().toString()));
            }
        }
    }

    /**
     * What necessarily differs is made the same: numbers of processes, of kept folders, where what a builder wrote or
     * what is told of downloads was cut into pieces, how often a clock ticked, and signatures, as the secret key of the
     * recordings is not known.
     */
    private List<String> normal(List<String> messages) {
        List<String> normal = new ArrayList<>();
        boolean output = false;
        for (String message : messages) {
            String text = BUILDER.matcher(plain(message)).replaceAll("$1PID\n");
            text = TEMPORARY.matcher(text).replaceAll("/temproots/PID");
            text = SIGNATURE.matcher(text).replaceAll("SIGNATURE");
            text = KEPT.matcher(text).replaceAll("/tmp/guix-build-$1.drv-N");
            Matcher piece = OUTPUT.matcher(text);
            if (piece.matches()) {
                String before = output ? normal.removeLast() : "OUTPUT ";
                text = before + piece.group(1);
            }
            output = piece.matches();
            if (DOWNLOAD.matcher(text).matches()) {
                // Several lines may come in one text, with empty ones between them, and progress any number of times.
                text.substring("NEXT ".length()).lines()
                        .filter(line -> !line.isEmpty() && !line.startsWith("@ download-progress "))
                        .forEach(line -> normal.add("NEXT " + line + "\n"));
                continue;
            }
            normal.add(TICKS.matcher(text).replaceAll("tick\n"));
        }
        return normal;
    }

    /** With logical names in place of files below the private root. */
    private String plain(String text) {
        return text.replace(root + HOME, HOME).replace(root.toString(), "");
    }
}
