package org.deepseekplugin.engine.http;

import org.deepseekplugin.engine.openai.ErrorBody;
import org.deepseekplugin.engine.openai.Usage;
import org.deepseekplugin.engine.spi.Outcome.Finish;

/// How the texts of a request go out. Belongs to the request's event loop.
interface Reply {
    void text(int index, String text);

    void ended(int index, Finish finish);

    /// All texts have ended.
    void complete(Usage usage);

    void failed(ErrorBody error);
}
