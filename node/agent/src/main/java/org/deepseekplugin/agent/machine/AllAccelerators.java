package org.deepseekplugin.agent.machine;

import java.util.ArrayList;
import java.util.List;

/// What several probes find, numbered one after another.
record AllAccelerators(List<AcceleratorProbe> probes) implements AcceleratorProbe {

    @Override
    public List<AcceleratorState> read() {
        var all = new ArrayList<AcceleratorState>();
        for (var probe : probes) {
            int next = all.isEmpty() ? 0 : all.getLast().reading().index() + 1;
            for (var state : probe.read()) {
                all.add(next == 0 ? state : state.at(next + state.reading().index()));
            }
        }
        return all;
    }

    @Override
    public void close() {
        probes.forEach(AcceleratorProbe::close);
    }
}
