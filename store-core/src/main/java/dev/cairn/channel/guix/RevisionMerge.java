// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.error.FormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a commit lists, as the rows of an earlier revision with what is different in their places. Rows that are as they
 * were are copied; only the others are made of anything.
 */
final class RevisionMerge implements RevisionRows {
    private final Path previous;
    private final NameOrder order;
    private final PreviousItems items;
    private final SortedMap<String, List<ListedPackage>> changed;
    private final List<String> names;

    /**
     * Over what is kept of the earlier revision.
     *
     * @param previous its {@link DescriptionFile}
     * @param order that the service has its names in
     * @param items its outputs, which have taken those of the commit
     * @param changed all packages of names that have others than before, by name; none where a name is gone
     */
    RevisionMerge(
            Path previous, NameOrder order, PreviousItems items, SortedMap<String, List<ListedPackage>> changed) {
        this.previous = previous;
        this.order = order;
        this.items = items;
        this.changed = new TreeMap<>();
        changed.forEach((name, packages) -> this.changed.put(name, GuixListing.packages(packages)));
        this.names = new ArrayList<>(this.changed.keySet());
    }

    @Override
    public Optional<NameOrder> order() {
        return Optional.of(order);
    }

    /** @throws DamagedRevision where the earlier revision is of no use */
    @Override
    public void write(RevisionWriter out) throws IOException {
        try (DescriptionReader rows = new DescriptionReader(previous)) {
            int count = rows.count();
            for (String name : names) {
                count += changed.get(name).size() - items.versions(name);
            }
            out.begin(count);
            int next = 0;
            int line = 0;
            while (rows.next()) {
                String name = rows.name();
                while (next < names.size() && names.get(next).compareTo(name) <= 0) {
                    line = write(names.get(next++), line, out);
                }
                if (next == 0 || !names.get(next - 1).equals(name)) {
                    line = write(rows, name, line, out);
                }
            }
            while (next < names.size()) {
                line = write(names.get(next++), line, out);
            }
            if (line != items.lines() || !out.isWhole()) {
                throw new DamagedRevision(previous, "its rows are not those of its items");
            }
        } catch (FormatException e) {
            throw new DamagedRevision(previous, String.valueOf(e.getMessage()));
        }
    }

    /** Writes the packages of a name that has others than before. @return the line after those that it had */
    private int write(String name, int line, RevisionWriter out) throws IOException, FormatException {
        int after = items.after(line, name);
        for (ListedPackage one : changed.get(name)) {
            out.add(new GuixListing.Row(one, items.outputs(line, after, name, one.version())));
        }
        return after;
    }

    /** Writes a package that is as it was, its outputs perhaps not. @return the line after those that it had */
    private int write(DescriptionReader row, String name, int line, RevisionWriter out)
            throws IOException, FormatException {
        String version = row.version();
        int after = items.after(line, name, version);
        if (after == line) {
            throw new DamagedRevision(previous, "'" + name + "' has no items");
        }
        if (items.isAsBefore(line, after, name, version)) {
            out.copy(row, name, items.octets(line, after));
        } else {
            out.add(new GuixListing.Row(row.listed(), items.outputs(line, after, name, version)));
        }
        return after;
    }
}
