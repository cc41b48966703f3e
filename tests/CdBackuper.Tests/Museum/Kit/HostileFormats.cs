using CdBackuper.Tests.Volumes.Iso9660;

namespace CdBackuper.Tests.Museum;

/// <summary>Every format that is fuzzed: a new one is one line.</summary>
internal static class HostileFormats
{
    public static IReadOnlyList<HostileFormat> All { get; } =
    [
        new DiscFormat("iso9660", ["synth/iso-*.iso", "synth/truncated*.iso", "hostile/*.iso", "peer/syzkaller/iso9660*", "peer/misc/*.iso"],
            () => [MadeDisc.Make("-iso-level", "3"), MadeDisc.Make("-iso-level", "4")]),
        new DiscFormat("joliet", ["synth/joliet*.iso", "hostile/joliet*.iso"], () => [MadeDisc.Make("-J")]),
        new DiscFormat("rockridge", ["synth/rr-*.iso", "hostile/rr-*.iso", "hostile/susp-*.iso"], () => [MadeDisc.Make("-R", "-J")]),
    ];

    public static HostileFormat Of(string name) => All.FirstOrDefault(format => format.Name == name)
        ?? throw new ArgumentException($"'{name}' is none of the formats {string.Join(", ", All.Select(format => format.Name))}.");
}
