// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.Operation;
import dev.cairn.bridge.wire.WireLimits;
import dev.cairn.bridge.wire.WireText;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.Root;
import dev.cairn.daemon.VerificationReport;
import dev.cairn.error.FormatException;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** The requests that are the same in both dialects (daemon, sections 4 and 17). */
final class CommonRequests {
    private static final Conversation.Reply<Boolean> BOOL = WireWriter::writeBool;
    private static final Conversation.Reply<String> TEXT = WireWriter::writeText;
    private static final Conversation.Reply<Collection<String>> TEXTS = WireWriter::writeTexts;
    private static final Conversation.Reply<StorePath> PATH = WireWriter::writeStorePath;
    private static final Conversation.Reply<Collection<StorePath>> PATHS = WireWriter::writeStorePaths;

    private final Conversation conversation;
    private final SubstituteRequests substitutes;

    CommonRequests(Conversation conversation) {
        this.conversation = conversation;
        this.substitutes = new SubstituteRequests(conversation);
    }

    /** Answers a request if it is one of these. */
    boolean answer(Operation operation) throws IOException {
        switch (operation) {
            case IS_VALID_PATH -> isValid();
            case HAS_SUBSTITUTES -> substitutes.has();
            case QUERY_SUBSTITUTABLE_PATHS -> substitutes.paths();
            case QUERY_SUBSTITUTABLE_PATH_INFO -> substitutes.info();
            case QUERY_PATH_HASH -> ofItem(info -> info.narHash().hex(), TEXT);
            case QUERY_REFERENCES -> ofItem(PathInfo::references, PATHS);
            case QUERY_DERIVER -> ofItem(info -> text(info.deriver()), TEXT);
            case QUERY_REFERRERS -> ofMaybe(Daemon::referrers);
            case QUERY_VALID_DERIVERS -> ofMaybe(Daemon::validDerivers);
            case QUERY_DERIVATION_OUTPUTS -> ofDerivation(outputs -> new TreeSet<>(outputs.values()), PATHS);
            case QUERY_DERIVATION_OUTPUT_NAMES -> ofDerivation(SortedMap::keySet, TEXTS);
            case QUERY_PATH_FROM_HASH_PART -> fromHashPart();
            case QUERY_ALL_VALID_PATHS -> conversation.answer((daemon, _) -> daemon.allPaths(), PATHS);
            case QUERY_FAILED_PATHS -> conversation.answer((daemon, _) -> daemon.failedPaths(), PATHS);
            case CLEAR_FAILED_PATHS -> clearFailedPaths();
            case ADD_TEXT_TO_STORE -> addText();
            case ENSURE_PATH -> substitutes.ensure();
            case ADD_TEMP_ROOT -> addTemporaryRoot();
            case ADD_INDIRECT_ROOT -> addIndirectRoot();
            case SYNC_WITH_GC -> conversation.answer((daemon, _) -> awaitCollection(daemon), Conversation.DONE);
            case FIND_ROOTS -> conversation.answer(CommonRequests::roots, CommonRequests::writeRoots);
            case EXPORT_PATH -> exportPath();
            case IMPORT_PATHS -> importPaths();
            case COLLECT_GARBAGE -> new CollectionRequests(conversation).answer();
            case OPTIMIZE_STORE -> conversation.answer(Daemon::optimise, Conversation.DONE);
            case VERIFY_STORE -> verify();
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The only request whose name is looked at as part of the work, so that a wrong one does no harm. */
    private void isValid() throws IOException {
        String text = conversation.in().readText(WireLimits.NAME);
        conversation.answer(
                (daemon, _) -> {
                    StoreDirectory store = daemon.storeDirectory();
                    if (!store.contains(text) || text.indexOf('/', store.path().length() + 1) >= 0) {
                        throw Refusals.of(WireText.notInStore(text));
                    }
                    Optional<StorePath> path = ItemName.of(store, text).path();
                    return path.isPresent() && daemon.isValid(path.get());
                },
                BOOL);
    }

    private <T> void ofItem(Function<PathInfo, T> part, Conversation.Reply<? super T> reply) throws IOException {
        ItemName item = conversation.item();
        conversation.answer((daemon, _) -> part.apply(item.info(daemon)), reply);
    }

    /** A question that has an empty answer for items that are not valid. */
    @FunctionalInterface
    private interface Question {
        SortedSet<StorePath> ask(Daemon daemon, StorePath path) throws DaemonException;
    }

    private void ofMaybe(Question question) throws IOException {
        ItemName item = conversation.item();
        conversation.answer(
                (daemon, _) -> item.path().isEmpty()
                        ? Collections.<StorePath>emptySortedSet()
                        : question.ask(daemon, item.path().get()),
                PATHS);
    }

    private <T> void ofDerivation(
            Function<SortedMap<String, StorePath>, T> part, Conversation.Reply<? super T> reply) throws IOException {
        ItemName item = conversation.item();
        conversation.answer(
                (daemon, _) -> part.apply(daemon.derivationOutputs(item.orNotValidDerivation(daemon))), reply);
    }

    private void fromHashPart() throws IOException {
        String hashPart = conversation.in().readText(WireLimits.NAME);
        conversation.answer(
                (daemon, _) -> {
                    if (hashPart.length() != StorePath.HASH_LENGTH) {
                        throw Refusals.of("invalid hash part");
                    }
                    return text(daemon.pathFromHashPart(hashPart));
                },
                TEXT);
    }

    private static String text(Optional<StorePath> path) {
        return path.map(StorePath::toString).orElse("");
    }

    private void clearFailedPaths() throws IOException {
        List<String> paths = conversation.in().readTexts();
        conversation.answer(
                (daemon, _) -> {
                    daemon.clearFailedPaths(paths);
                    return paths;
                },
                Conversation.DONE);
    }

    private void addText() throws IOException {
        String name = conversation.in().readText(WireLimits.NAME);
        byte[] contents = conversation.in().readBytes(WireLimits.TEXT);
        List<ItemName> references = conversation.items();
        conversation.answer(
                (daemon, _) -> {
                    Set<StorePath> paths = new TreeSet<>();
                    for (ItemName reference : references) {
                        paths.add(reference.orNotValidReference());
                    }
                    return daemon.addText(name, contents, paths);
                },
                PATH);
    }

    private void addTemporaryRoot() throws IOException {
        ItemName item = conversation.item();
        conversation.answer(
                (daemon, _) -> {
                    if (item.path().isPresent()) {
                        daemon.addTemporaryRoot(item.path().get());
                    }
                    return item;
                },
                Conversation.DONE);
    }

    private void addIndirectRoot() throws IOException {
        String file = conversation.in().readText(WireLimits.NAME);
        conversation.answer(
                (daemon, _) -> {
                    try {
                        daemon.addIndirectRoot(Path.of("/").resolve(file).normalize());
                    } catch (InvalidPathException e) {
                        throw Refusals.of("invalid file name `" + file + "'");
                    }
                    return file;
                },
                Conversation.DONE);
    }

    /** Roots are not added while a collection looks at them, so adding any waits until it has. */
    private static Object awaitCollection(Daemon daemon) throws DaemonException {
        try {
            daemon.addTemporaryRoot(daemon.storeDirectory().item("0".repeat(StorePath.HASH_LENGTH) + "-none"));
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
        return daemon;
    }

    private static List<Root> roots(Daemon daemon, EventSink events) throws DaemonException {
        return daemon.roots(events).stream()
                .filter(root -> root.kind() == Root.Kind.PROFILE || root.kind() == Root.Kind.LINK)
                .sorted(Comparator.comparing(Root::name))
                .toList();
    }

    private static void writeRoots(WireWriter out, List<Root> roots) throws IOException {
        out.writePairs(roots.stream()
                .map(root -> Map.entry(root.name(), root.item().toString()))
                .toList());
    }

    private void exportPath() throws IOException {
        ItemName item = conversation.item();
        boolean sign = conversation.in().readInt() == 1;
        conversation.answer(
                (daemon, events) -> {
                    events.accept(new Event.Message(0, Event.Verbosity.INFO, "exporting path `" + item.text() + "'"));
                    try (OutputStream data = conversation.data()) {
                        daemon.exportItem(item.orNotValid(), sign, data);
                    }
                    return item;
                },
                Conversation.DONE);
    }

    private void importPaths() throws IOException {
        conversation.answerStream(
                (daemon, events) -> {
                    DataInput archive = conversation.askedFor();
                    try {
                        return daemon.importItems(archive, events);
                    } catch (DaemonException e) {
                        throw archive.hasEnded() ? Refusals.of(WireText.END_OF_FILE) : e;
                    }
                },
                PATHS);
    }

    private void verify() throws IOException {
        boolean contents = conversation.in().readBool();
        boolean repair = conversation.in().readBool();
        conversation.answer(
                (daemon, events) -> {
                    if (repair && !conversation.peer().trusted()) {
                        throw Refusals.of("you are not privileged to repair paths");
                    }
                    return hasErrors(daemon, daemon.verify(contents, repair, events));
                },
                BOOL);
    }

    /** Items whose files are gone and which nothing needs are forgotten, after which nothing is wrong. */
    private static boolean hasErrors(Daemon daemon, VerificationReport report) throws DaemonException {
        return !report.corrupt().isEmpty()
                || !daemon.valid(report.missing()).isEmpty();
    }
}
