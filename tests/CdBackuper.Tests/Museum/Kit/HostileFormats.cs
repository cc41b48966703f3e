using CdBackuper.Media.Images.Bare;
using CdBackuper.Media.Images.Cdrdao;
using CdBackuper.Media.Images.CloneCd;
using CdBackuper.Media.Images.Cue;
using CdBackuper.Media.Images.Nero;
using CdBackuper.Tests.Volumes.Iso9660;

namespace CdBackuper.Tests.Museum;

/// <summary>Every format that is fuzzed: a new one is one line.</summary>
internal static class HostileFormats
{
    public static IReadOnlyList<HostileFormat> All { get; } =
    [
        new DiscFormat("iso9660", ["synth/iso-*.iso", "synth/truncated*.iso", "hostile/*.iso", "peer/syzkaller/iso9660*", "peer/misc/*.iso"],
            () => [MadeDisc.Make("-iso-level", "3"), MadeDisc.Make("-iso-level", "4"), MadeDisc.Make("-b", "notes.txt", "-no-emul-boot")]),
        new DiscFormat("joliet", ["synth/joliet*.iso", "hostile/joliet*.iso"], () => [MadeDisc.Make("-J")]),
        new DiscFormat("rockridge", ["synth/rr-*.iso", "hostile/rr-*.iso", "hostile/susp-*.iso"], () => [MadeDisc.Make("-R", "-J")]),
        new DiscFormat("zisofs", ["synth/rr-zisofs*.iso", "hostile/zisofs*.iso"], () => [SeedDiscs.Compressed()]),
        new DiscFormat("sessions", ["synth/iso-multisession*.iso"], () => [SeedDiscs.TwoSessions()]),
        new DiscFormat("udf", ["synth/mkudffs*.udf", "synth/udf102*.iso", "hostile/udf*.udf", "peer/syzkaller/udf*"],
            () => [MadeDisc.Make("-udf", "-J"), SeedDiscs.Udf("hd", "2.01", 600), SeedDiscs.Udf("cdr", "1.50", 900, "--closed"), SeedDiscs.Udf("cdrw", "2.01", 2400)]),
        new DiscFormat("hfs", ["synth/hfs-*.iso", "peer/syzkaller/hfs_*"], () => [MadeDisc.Make("-hfs"), MadeDisc.Make("-hfs", "-part")]),
        new DiscFormat("hfsplus", ["synth/hfsplus-*.iso", "peer/syzkaller/hfsplus*", "peer/dfvfs/hfsplus*"], () => [SeedDiscs.Xorriso("-hfsplus")]),
        new RawFormat("raw", ["synth/raw-*.bin", "synth/raw-*.img"], SeedSheets.RawFiles, BareSheet.TryRead),
        new RawFormat("nero", [], SeedSheets.NeroFiles, NeroSheet.TryRead),
        new SheetFormat("cue", ["synth/*.cue", "hostile/*.cue", "peer/cue-toc/*.cue"], SeedSheets.Cue, (bytes, log) => CueSheet.Read(bytes, log)),
        new SheetFormat("toc", ["synth/*.toc", "peer/cue-toc/*.toc"], SeedSheets.Toc, (bytes, log) => TocSheet.Read(bytes, log)),
        new SheetFormat("ccd", ["synth/*.ccd"], SeedSheets.Ccd, (bytes, log) => CloneCdSheet.Read(bytes, "a.img", log)),
    ];

    public static HostileFormat Of(string name) => All.FirstOrDefault(format => format.Name == name)
        ?? throw new ArgumentException($"'{name}' is none of the formats {string.Join(", ", All.Select(format => format.Name))}.");
}
