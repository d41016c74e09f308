package org.deepseekplugin.server.state;

import java.util.Optional;
import java.util.function.Supplier;
import org.deepseekplugin.platform.store.Database;

/// Single values that the installation keeps for its whole life.
final class Settings {
    private final Database database;

    Settings(Database database) {
        this.database = database;
    }

    Optional<String> find(String name) {
        return database.read(transaction ->
                transaction.first(
                        "select value from setting where name = ?",
                        row -> row.text("value"),
                        name));
    }

    /// Makes the value the first time it is asked for.
    String findOrCreate(String name, Supplier<String> create) {
        return find(name)
                .orElseGet(() -> {
                    var value = create.get();
                    database.run(transaction ->
                            transaction.execute(
                                    "insert into setting (name, value) values (?, ?)",
                                    name,
                                    value));
                    return value;
                });
    }
}
