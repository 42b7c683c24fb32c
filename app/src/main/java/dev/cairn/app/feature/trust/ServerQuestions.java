// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.trust;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.SubstituteUrls;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.http.FetchException;
import dev.cairn.http.FetchRequest;
import dev.cairn.http.Fetcher;
import dev.cairn.http.Patience;
import dev.cairn.http.Proxies;
import dev.cairn.narinfo.CacheInfo;
import dev.cairn.path.StoreDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** What is asked of servers of substitutes when the user wants it. */
public final class ServerQuestions {
    private static final String KEY = "signing-key.pub";
    private static final int MAX_KEY = 1 << 16;

    private final Proxies proxies;

    public ServerQuestions(Proxies proxies) {
        this.proxies = proxies;
    }

    /** @param store whose items are wanted */
    TrustActions.ServerAnswer ask(String url, StoreDirectory store) throws CairnException {
        try {
            CacheInfo info = CacheInfo.read(fetch(url, CacheInfo.NAME, CacheInfo.MAX_LENGTH));
            return new TrustActions.ServerAnswer(info.store().equals(store), info.store().path());
        } catch (FetchException e) {
            throw e.kind() == FetchException.Kind.NOT_FOUND
                    ? TrustProblem.of("server.none", url)
                    : TrustProblem.of("server.silent", e.reason());
        } catch (FormatException _) {
            throw TrustProblem.of("server.none", url);
        }
    }

    SignerKey keyOf(String url) throws CairnException {
        try {
            String text = new String(fetch(url, KEY, MAX_KEY), StandardCharsets.UTF_8);
            return SignerKey.parse(text);
        } catch (FetchException e) {
            throw e.kind() == FetchException.Kind.NOT_FOUND
                    ? TrustProblem.of("server.keyless", url)
                    : TrustProblem.of("server.silent", e.reason());
        }
    }

    private byte[] fetch(String url, String name, int limit) throws CairnException {
        URI address = URI.create(SubstituteUrls.address(url).file(name));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (Fetcher fetcher = new Fetcher(proxies, Patience.BRISK);
                Activities.Activity activity =
                        new Activities(EventSink.NONE).start(Event.Kind.DOWNLOAD, address.toString())) {
            fetcher.fetch(FetchRequest.of(address).atMost(limit), text, activity);
            activity.finish();
            return text.toByteArray();
        } catch (IOException e) {
            throw DaemonException.of("asking '" + url + "'", e);
        }
    }
}
