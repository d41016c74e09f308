/// Durable state behind two calls: [Database#read] and [Database#write]. SQL outside this package
/// stays portable between SQLite and PostgreSQL: times are `bigint` milliseconds, structures are
/// JSON text, upserts are `on conflict`.
@NullMarked
package org.deepseekplugin.platform.store;

import org.jspecify.annotations.NullMarked;
