// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cairn.signature.PublicKey;
import dev.cairn.signature.SecretKey;
import dev.cairn.signature.SexpReader;
import dev.cairn.trust.KeyFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Whom to believe, in the real window, on the files of a real store. */
@ExtendWith(ApplicationExtension.class)
class TrustWindowTest {
    @TempDir
    private Path home;

    private Workspace workspace;
    private CairnWindow window;

    @Start
    void open(Stage stage) {
        Installation nothing = new Installation(Optional.of(home.resolve("nothing")));
        workspace = Workspace.of(TestWindow.environment(home), Choices.NONE, nothing, home);
        window = TestWindow.open(stage, workspace, home);
    }

    @AfterEach
    void close(FxRobot robot) throws Exception {
        robot.interact(() -> window.stage().close());
        window.close();
    }

    @Test
    void believesTheKeyOfAServerRevokesItAndUndoesThat(FxRobot robot) throws Exception {
        PublicKey key = SecretKey.generate(SexpReader.read(SecretKey.DEFAULT_PARAMETERS)).publicKey();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/nix-cache-info", exchange -> answer(exchange, "StoreDir: /gnu/store\n"));
        server.createContext("/signing-key.pub", exchange -> answer(exchange, key.toString()));
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            WindowPage page = new WindowPage(robot, window);
            page.section(KeyCode.DIGIT8).awaitText("#trust-keys", "No key is believed");
            type(robot, "#server-address", "nonsense");
            page.click("#server-add").awaitText("#server-problem", "no address of a server");
            type(robot, "#server-address", url);
            page.click("#server-add").awaitText("#trust-servers", url);
            assertThat(home.resolve(".local/share/cairn/etc/cairn/substitutes")).content().contains(url);
            page.click(".server-check").awaitText("#trust-servers", "Reachable");

            page.click(".server-key").awaitText("#add-key-fingerprint", key.fingerprint().substring(0, 4));
            page.awaitText("#add-key", "anybody on the way can change");
            assertThat(keys().accessList().keys()).isEmpty();
            page.click("#add-key-confirm").awaitText("#trust-keys", "127.0.0.1").awaitText(".toasts", "Believed");
            assertThat(keys().accessList().keys()).containsExactly(key);

            page.click("#revoke-" + key.fingerprint().substring(0, 8)).awaitText("#trust-keys", "No key is believed");
            assertThat(keys().accessList().keys()).isEmpty();
            page.clickText(".toasts", "Undo").awaitText("#trust-keys", "127.0.0.1");
            assertThat(keys().accessList().keys()).containsExactly(key);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void saysWhatIsWrongWithAPastedKeyAndMakesOne(FxRobot robot) throws Exception {
        WindowPage page = new WindowPage(robot, window);
        page.section(KeyCode.DIGIT8).click("#trust-add").awaitText("#add-key", "Add a key");
        type(robot, "#add-key-text", "ssh-ed25519 AAAAC3Nz me@here");
        page.awaitText("#add-key-problem", "does not sign substitutes");
        assertThat(robot.lookup("#add-key-confirm").query().isDisabled()).isTrue();
        type(robot, "#add-key-text", "cache.example.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=");
        page.awaitText("#add-key-fingerprint", "E8D0 8774").click("#add-key-confirm");
        page.awaitText("#trust-keys", "cache.example.org-1");
        assertThat(keys().nixKeys()).hasSize(1);

        robot.interact(() -> window.stage().getScene().lookup("#trust-make-key").requestFocus());
        robot.push(KeyCode.SPACE);
        page.awaitText("#trust-own", "Public key");
        assertThat(keys().signingKey().publicKey()).isEqualTo(keys().publicKey().orElseThrow());
        assertThat(Files.isReadable(home.resolve(".local/share/cairn/etc/guix/signing-key.pub"))).isTrue();
    }

    private KeyFiles keys() {
        return new KeyFiles(workspace.layout().configuration());
    }

    private void type(FxRobot robot, String selector, String text) {
        robot.interact(() -> ((TextInputControl) window.stage().getScene().lookup(selector)).setText(text));
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        try (exchange) {
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, octets.length);
            exchange.getResponseBody().write(octets);
        }
    }
}
