// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.compression.Decompressor;
import dev.cairn.error.CairnException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.fs.NarFiles;
import dev.cairn.http.FetchRequest;
import dev.cairn.http.Fetcher;
import dev.cairn.http.Patience;
import dev.cairn.nar.NarReader;
import dev.cairn.narinfo.NarChoice;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.substitute.SubstituteServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Finds the files in which items of this store and of a server differ. Nothing of the server's is kept. */
record FileComparison(Session session, Workspace workspace) {
    /** Octets by which compression may make an archive larger. */
    private static final long SLACK = 1 << 20;

    /** The same with the files that differ, where that can be found out; where not, says why. */
    Challenge compare(Challenge challenge) throws IOException {
        if (challenge.opponent().isEmpty()) {
            return challenge;
        }
        Map.Entry<SubstituteServer, Narinfo> server = challenge.opponent().get();
        try {
            TreeDigest theirs = fetched(server.getKey(), server.getValue());
            TreeDigest own = new TreeDigest();
            NarFiles.dump(workspace.daemon().physical(challenge.item()), own);
            return challenge.with(own.differences(theirs));
        } catch (CairnException | IOException e) {
            session.note(Texts.text(
                    "survey.problem",
                    challenge.item(),
                    Texts.text("challenge.no-files", String.valueOf(e.getMessage()))));
            return challenge;
        }
    }

    private TreeDigest fetched(SubstituteServer server, Narinfo narinfo) throws CairnException, IOException {
        if (narinfo.nars().isEmpty()) {
            throw new IOException("the server offers no compression that is known here");
        }
        NarChoice nar = narinfo.nars().getFirst();
        Path file = Files.createTempFile("cairn-challenge", ".nar");
        try (Fetcher fetcher = new Fetcher(workspace.proxies(), Patience.USUAL);
                Progress progress = new Progress(session);
                Activities.Activity activity =
                        new Activities(progress).start(Event.Kind.DOWNLOAD, narinfo.path().baseName())) {
            Files.delete(file);
            long limit = Math.min(FetchRequest.MAX_SIZE, narinfo.claim().narSize() + SLACK);
            fetcher.fetch(FetchRequest.of(server.nar(nar)).atMost(limit), file, activity);
            activity.finish();
            progress.end();
            return read(file, nar, narinfo);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static TreeDigest read(Path file, NarChoice nar, Narinfo narinfo) throws CairnException, IOException {
        TreeDigest digest = new TreeDigest();
        try (InputStream in = new Decompressor(
                new BufferedInputStream(Files.newInputStream(file)),
                nar.compression(),
                narinfo.claim().narSize())) {
            NarReader reader = new NarReader(new BufferedInputStream(in));
            reader.read(digest);
            reader.expectEnd();
        }
        return digest;
    }
}
