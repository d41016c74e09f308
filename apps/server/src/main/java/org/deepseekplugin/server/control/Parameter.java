package org.deepseekplugin.server.control;

import com.networknt.schema.Schema;

/// A parameter of an operation.
///
/// @param in `path`, `query` or `header`
/// @param type of its schema, by which the text is read
record Parameter(String name, String in, boolean required, String type, Schema schema) {}
