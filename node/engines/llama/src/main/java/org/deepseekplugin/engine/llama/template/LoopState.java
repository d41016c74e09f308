package org.deepseekplugin.engine.llama.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The variable `loop`.
final class LoopState {

    static Map<String, Object> at(List<Object> items, int index) {
        long size = items.size();
        var loop = new HashMap<String, Object>();
        loop.put("index", index + 1L);
        loop.put("index0", (long) index);
        loop.put("revindex", size - index);
        loop.put("revindex0", size - index - 1);
        loop.put("first", index == 0);
        loop.put("last", index == size - 1);
        loop.put("length", size);
        loop.put("previtem", index > 0 ? items.get(index - 1) : Nothing.UNDEFINED);
        loop.put("nextitem", index < size - 1 ? items.get(index + 1) : Nothing.UNDEFINED);
        loop.put("cycle", (Function) (values, named) -> values.get(index % values.size()));
        return loop;
    }

    private LoopState() {}
}
