// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import dev.cairn.daemon.PathInfo;
import dev.cairn.error.CairnException;
import dev.cairn.narinfo.Compression;
import dev.cairn.narinfo.NarChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Writes and signs narinfos, and remembers those that were asked for last: to sign takes longer than all the rest. */
final class Pages {
    private static final int REMEMBERED = 2048;
    private static final int LARGE = 16 * 1024;

    private final PublishSettings settings;
    private final Signer signer;
    private final Map<Subject, Page> remembered = new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, Page> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Everything that a narinfo follows from. */
    private record Subject(PathInfo item, List<Packing> packings, List<OptionalLong> sizes) {}

    Pages(PublishSettings settings, Signer signer) {
        this.settings = settings;
        this.signer = signer;
    }

    /** @param sizes of the archives as far as they are known, one for each packing */
    Page page(PathInfo item, List<Packing> packings, List<OptionalLong> sizes) throws CairnException {
        Subject subject = new Subject(item, packings, sizes);
        synchronized (remembered) {
            Page page = remembered.get(subject);
            if (page != null) {
                return page;
            }
        }
        Page page = Page.of(write(item, packings, sizes));
        if (page.octets().length <= LARGE) {
            synchronized (remembered) {
                remembered.put(subject, page);
            }
        }
        return page;
    }

    /** The same with no sizes known but that of the archive itself. */
    Page page(PathInfo item, List<Packing> packings) throws CairnException {
        List<OptionalLong> sizes = packings.stream()
                .map(packing -> packing.compression() == Compression.NONE
                        ? OptionalLong.of(item.narSize())
                        : OptionalLong.empty())
                .toList();
        return page(item, packings, sizes);
    }

    private byte[] write(PathInfo item, List<Packing> packings, List<OptionalLong> sizes) throws CairnException {
        List<NarChoice> nars = new ArrayList<>();
        for (int i = 0; i < packings.size(); i++) {
            nars.add(NarChoice.published(
                    settings.narPath(), packings.get(i).compression(), item.path(), sizes.get(i)));
        }
        return switch (settings.dialect()) {
            case GUIX -> signer.guixNarinfo(item, settings.host(), nars);
            case NIX -> signer.nixNarinfo(item, nars.getFirst());
        };
    }
}
