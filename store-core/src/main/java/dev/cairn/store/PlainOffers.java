// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.http.FetchException;
import dev.cairn.http.FetchRequest;
import dev.cairn.http.Fetcher;
import dev.cairn.narinfo.NarChoice;
import dev.cairn.narinfo.NarPreference;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.narinfo.NarinfoReader;
import dev.cairn.path.StorePath;
import dev.cairn.signature.TrustedKeys;
import dev.cairn.substitute.Candidate;
import dev.cairn.substitute.Offers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

final class PlainOffers implements Offers {
    private final List<String> urls;
    private final Fetcher fetcher;
    private final TrustedKeys keys;

    PlainOffers(List<String> urls, Fetcher fetcher, TrustedKeys keys) {
        this.urls = urls;
        this.fetcher = fetcher;
        this.keys = keys;
    }

    @Override
    public Map<StorePath, Found> find(Collection<StorePath> paths, EventSink events) throws DaemonException {
        Map<StorePath, Found> found = new HashMap<>();
        for (StorePath path : paths) {
            List<Candidate> candidates = new ArrayList<>();
            List<String> reasons = new ArrayList<>();
            for (String url : urls) {
                try {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    fetcher.fetch(
                            FetchRequest.of(URI.create((url.endsWith("/") ? url : url + "/") + path.hashPart() + ".narinfo")),
                            out,
                            new Activities(EventSink.NONE).start(Event.Kind.DOWNLOAD, url));
                    Narinfo narinfo = NarinfoReader.read(out.toByteArray(), path);
                    if (!narinfo.judge(keys).isAuthorised()) {
                        reasons.add(url + ": not authorised");
                        continue;
                    }
                    for (NarChoice choice : NarPreference.FASTEST.sort(narinfo.nars())) {
                        candidates.add(new Candidate(url, path, narinfo.claim().narHash(), narinfo.claim().narSize(),
                                new TreeSet<>(narinfo.claim().references()), narinfo.claim().deriver(),
                                narinfo.signatures().nix(), Optional.empty(), URI.create(choice.address(url)),
                                choice.compression(), choice.fileSize()));
                    }
                } catch (FetchException e) {
                    reasons.add(url + ": " + e.reason());
                } catch (CairnException e) {
                    reasons.add(url + ": " + e.getMessage());
                } catch (IOException e) {
                    throw DaemonException.of("looking up", e);
                }
            }
            found.put(path, new Found(candidates, reasons));
        }
        return found;
    }
}
