// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.daemon.DaemonException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionsTest {
    private static final int LITTLE = 10;
    private static final int TOO_MUCH = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void goesOnWithTheSameStatementsWhenAFullDiskHasSpaceAgain() throws Exception {
        try (Connections connections = Connections.open(folder.resolve("db.sqlite"))) {
            connections.write(statements -> {
                try (Statement statement = statements.connection().createStatement()) {
                    statement.execute("create table Things (contents blob)");
                    statement.execute("pragma max_page_count = 20");
                }
                return insert(statements, LITTLE);
            });
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> connections.write(statements -> insert(statements, TOO_MUCH)))
                        .isInstanceOf(DaemonException.StoreIo.class)
                        .hasMessageContaining("the disk is full");
            }
            assertThat(connections.<Integer>write(statements -> insert(statements, LITTLE)))
                    .isEqualTo(2);
        }
    }

    /** @return how many there are then */
    private static int insert(Statements statements, int size) throws SQLException {
        PreparedStatement statement = statements.prepare("insert into Things values (zeroblob(?))");
        statement.setInt(1, size);
        statement.executeUpdate();
        try (ResultSet rows = statements.prepare("select count(*) from Things").executeQuery()) {
            return rows.getInt(1);
        }
    }
}
