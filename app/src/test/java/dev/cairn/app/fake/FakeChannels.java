// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.fake;

import dev.cairn.app.channel.ChannelActions;
import dev.cairn.app.channel.ChannelRow;
import dev.cairn.app.channel.GuixOffer;
import dev.cairn.app.channel.GuixWish;
import dev.cairn.app.channel.ListedGuix;
import dev.cairn.app.channel.Past;
import dev.cairn.channel.ChannelRevision;
import dev.cairn.channel.ChannelStatus;
import dev.cairn.channel.SourceStatus;
import dev.cairn.channel.guix.GuixSource;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Channels in memory: a folder, and an archive that was never fetched. */
public final class FakeChannels implements ChannelActions {
    public static final String ARCHIVE = "debian";
    public static final Instant FETCHED = Instant.parse("2026-05-04T09:00:00Z");

    private static final SourceStatus GOOD = new SourceStatus(
            "http://archive.example.org/debian/ stable main",
            "/etc/apt/sources.list:1",
            Optional.of(Instant.parse("2026-05-01T06:00:00Z")),
            Optional.of(Instant.parse("2026-05-08T06:00:00Z")),
            List.of("0123456789ABCDEF0123456789ABCDEF01234567"),
            List.of(),
            Optional.empty(),
            Optional.empty());

    private static final SourceStatus BAD = new SourceStatus(
            "http://other.example.org/apt/ stable main",
            "/etc/apt/sources.list.d/other.list:1",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of("Its signature is not checked, because the configuration says trusted=yes."),
            Optional.of("It cannot be reached: the name of the host is not known."),
            Optional.of("Check the address, or take it out of apt's configuration."));

    private final List<ChannelRow> rows = new ArrayList<>(List.of(
            new ChannelRow("cairn", "bundled with Cairn", true, 0, false,
                    new ChannelStatus("Small tools", Optional.empty(), false, List.of()), 10, List.of()),
            new ChannelRow(ARCHIVE, "the archives of /etc/apt", true, 0, false,
                    new ChannelStatus("Packages of Debian", Optional.empty(), true, List.of(GOOD, BAD)), 0,
                    List.of())));
    private Optional<CairnException> nextFailure = Optional.empty();
    private Optional<GuixWish> wish = Optional.empty();
    private Optional<ListedGuix> listed = Optional.empty();
    private Optional<GuixSource> added = Optional.empty();
    private Optional<Past> past = Optional.empty();
    private int rereads;

    /** Has others build what a channel offers, and the channel keep revisions. */
    public void makePrebuilt(String name, ChannelRevision revision) {
        replace(name, row -> new ChannelRow(row.name(), row.origin(), row.enabled(), row.priority(), row.removable(),
                new ChannelStatus(row.status().description(), Optional.of(FETCHED), true, List.of(),
                        Optional.of(revision)), row.packages(), row.problems()));
    }

    /** Makes the next call fail. */
    public void failNext(CairnException failure) {
        nextFailure = Optional.of(failure);
    }

    @Override
    public synchronized List<ChannelRow> list() throws CairnException {
        failIfAsked();
        return rows.stream().sorted(Comparator.comparingInt(ChannelRow::priority).reversed()).toList();
    }

    @Override
    public synchronized void reread() {
        rereads++;
    }

    /** How often somebody had the folders of channels read again. */
    public synchronized int rereads() {
        return rereads;
    }

    @Override
    public synchronized int packages() {
        return rows.stream().filter(ChannelRow::enabled).mapToInt(ChannelRow::packages).sum();
    }

    @Override
    public synchronized boolean fetch(Optional<String> channel, EventSink events) throws CairnException {
        failIfAsked();
        replace(channel.orElse(ARCHIVE), row -> new ChannelRow(row.name(), row.origin(), row.enabled(), row.priority(),
                row.removable(),
                new ChannelStatus(row.status().description(), Optional.of(FETCHED), true, row.status().sources()),
                63_465, row.problems()));
        return true;
    }

    @Override
    public synchronized void add(String name, String source) throws CairnException {
        failIfAsked();
        rows.add(new ChannelRow(name, source, true, 0, true,
                new ChannelStatus("", Optional.empty(), !source.startsWith("/"), List.of()), 0, List.of()));
    }

    @Override
    public GuixOffer guixOffer() {
        return new GuixOffer(
                "guix",
                "https://data.example.org",
                "master",
                List.of(new GuixOffer.Farm("https://farm.example.org", "0000 1111")));
    }

    /** What was asked for last of Guix's packages. */
    public synchronized Optional<GuixWish> wish() {
        return wish;
    }

    @Override
    public synchronized void addGuix(String name, GuixWish wanted) throws CairnException {
        failIfAsked();
        wish = Optional.of(wanted);
        rows.add(new ChannelRow(name, wanted.service(), true, 0, true,
                new ChannelStatus("Packages of GNU Guix", Optional.empty(), true, List.of()), 0, List.of()));
    }

    /** What every list of channels says from now on. */
    public synchronized void list(ListedGuix found) {
        listed = Optional.of(found);
    }

    /** What was added last of what a list says. */
    public synchronized Optional<GuixSource> added() {
        return added;
    }

    @Override
    public synchronized ListedGuix readList(String file, String service) throws CairnException {
        failIfAsked();
        return listed.orElseThrow();
    }

    @Override
    public synchronized void addListed(String name, GuixSource source, boolean farms) throws CairnException {
        addGuix(name, new GuixWish(source.service().toString(), source.branch(), source.commit(), farms));
        added = Optional.of(source);
    }

    /** Has a channel keep revisions, the last of them current. */
    public synchronized void keep(String name, ChannelRevision... kept) {
        replace(name, row -> new ChannelRow(row.name(), row.origin(), row.enabled(), row.priority(), row.removable(),
                new ChannelStatus(row.status().description(), Optional.of(FETCHED), true, List.of(),
                        Optional.of(kept[kept.length - 1])), row.packages(), row.problems(), List.of(kept)));
    }

    @Override
    public synchronized void switchRevision(String name, int number) throws CairnException {
        failIfAsked();
        past = Optional.empty();
        keep(name, row(name).revisions().stream()
                .map(one -> new ChannelRevision(one.number(), one.commit(), one.branch(), one.date(), one.fetched(),
                        one.packages(), one.number() == number))
                .sorted(Comparator.comparing(ChannelRevision::current))
                .toArray(ChannelRevision[]::new));
    }

    private ChannelRow row(String name) {
        return rows.stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
    }

    @Override
    public synchronized void lookInto(String name, String revision, EventSink events) throws CairnException {
        failIfAsked();
        past = row(name).revisions().stream()
                .filter(one -> Integer.toString(one.number()).equals(revision) || one.commit().equals(revision))
                .findFirst()
                .map(one -> new Past(name, one));
    }

    @Override
    public synchronized void lookAtPresent() {
        past = Optional.empty();
    }

    @Override
    public synchronized Optional<Past> past() {
        return past;
    }

    @Override
    public synchronized void setEnabled(String name, boolean enabled) throws CairnException {
        failIfAsked();
        replace(name, row -> new ChannelRow(row.name(), row.origin(), enabled, row.priority(), row.removable(),
                row.status(), row.packages(), row.problems()));
    }

    @Override
    public synchronized void setPriority(String name, int priority) throws CairnException {
        failIfAsked();
        replace(name, row -> new ChannelRow(row.name(), row.origin(), row.enabled(), priority, row.removable(),
                row.status(), row.packages(), row.problems()));
    }

    @Override
    public synchronized void remove(String name) throws CairnException {
        failIfAsked();
        rows.removeIf(row -> row.name().equals(name));
    }

    private void replace(String name, UnaryOperator<ChannelRow> change) {
        rows.replaceAll(row -> row.name().equals(name) ? change.apply(row) : row);
    }

    private void failIfAsked() throws CairnException {
        Optional<CairnException> failure = nextFailure;
        nextFailure = Optional.empty();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}
