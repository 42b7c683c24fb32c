// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.channel.ChannelRevision;
import dev.cairn.error.FormatException;
import dev.cairn.fs.AtomicFiles;
import dev.cairn.git.Commits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a revision's {@code revision.json} says.
 *
 * @param service where it was fetched from
 * @param repository by its label
 * @param branch empty where it was asked for by its commit
 * @param date when the commit appeared on the branch, where known
 * @param system that the outputs are for
 * @param packages how many there are for the system, each name counted once
 * @param unsupported how many are not for the system
 * @param order that the service has the names in, if it is a known one
 * @param fetched when
 * @param checked when it was last found to be the branch's newest
 */
record RevisionRecord(
        String service,
        String repository,
        String branch,
        String commit,
        Optional<Instant> date,
        String system,
        int packages,
        int unsupported,
        Optional<NameOrder> order,
        Instant fetched,
        Instant checked) {
    private static final int FORMAT = 1;
    private static final int MAX_SIZE = 1 << 20;

    /** Whether it is what one would fetch now for {@code commit}. */
    boolean isFor(GuixSource source, String wanted, String forSystem) {
        return commit.equals(wanted) && system.equals(forSystem) && isOf(source);
    }

    /** Whether its listing can serve to make that of another commit. */
    boolean isOf(GuixSource source) {
        return service.equals(source.service().toString()) && repository.equals(source.repository());
    }

    /** The same, seen to be the newest at some later time. */
    RevisionRecord checked(Instant time) {
        return new RevisionRecord(
                service, repository, branch, commit, date, system, packages, unsupported, order, fetched, time);
    }

    ChannelRevision revision(int number, boolean current) {
        return new ChannelRevision(number, commit, branch, date, fetched, packages, current);
    }

    void write(Path file) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", FORMAT);
        fields.put("service", service);
        fields.put("repository", repository);
        fields.put("branch", branch);
        fields.put("commit", commit);
        date.ifPresent(time -> fields.put("date", time.toString()));
        fields.put("system", system);
        fields.put("packages", packages);
        fields.put("unsupported", unsupported);
        order.ifPresent(known -> fields.put("order", known.name().toLowerCase(Locale.ROOT)));
        fields.put("fetched", fetched.toString());
        fields.put("checked", checked.toString());
        AtomicFiles.write(file, JsonMapper.shared().writeValueAsBytes(fields));
    }

    /** @throws FormatException when it is damaged, or of another version of Cairn */
    static RevisionRecord read(Path file) throws IOException, FormatException {
        if (Files.size(file) > MAX_SIZE) {
            throw problem(file, "too long");
        }
        try {
            JsonNode node = JsonMapper.shared().readTree(Files.readAllBytes(file));
            if (node.path("format").asInt(0) != FORMAT) {
                throw problem(file, "format " + node.path("format") + " is not known");
            }
            String commit = node.path("commit").asString("");
            if (!Commits.isFull(commit)) {
                throw problem(file, "'" + commit + "' is no commit");
            }
            return new RevisionRecord(
                    node.path("service").asString(""),
                    node.path("repository").asString(""),
                    node.path("branch").asString(""),
                    commit,
                    node.has("date") ? Optional.of(Instant.parse(node.path("date").asString(""))) : Optional.empty(),
                    node.path("system").asString(""),
                    node.path("packages").asInt(0),
                    node.path("unsupported").asInt(0),
                    Arrays.stream(NameOrder.values())
                            .filter(order -> order.name().equalsIgnoreCase(node.path("order").asString("")))
                            .findFirst(),
                    Instant.parse(node.path("fetched").asString("")),
                    Instant.parse(node.path("checked").asString("")));
        } catch (JacksonException | DateTimeException e) {
            throw problem(file, String.valueOf(e.getMessage()));
        }
    }

    private static FormatException problem(Path file, String problem) {
        return new FormatException("record of a revision", "'" + file + "': " + problem);
    }
}
