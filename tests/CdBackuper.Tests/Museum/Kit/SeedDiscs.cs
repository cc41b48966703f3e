using System.Globalization;
using CdBackuper.Media.Sectors;
using CdBackuper.Tests.Volumes;
using CdBackuper.Tests.Volumes.Iso9660;

namespace CdBackuper.Tests.Museum;

/// <summary>Small discs made by public tools, to be harmed.</summary>
internal static class SeedDiscs
{
    public static ISectorSource Xorriso(params string[] options)
    {
        Tool.Require("xorriso");
        using var source = Files();
        using var target = new TempFolder();
        Tool.Run("xorriso", ["-no_rc", "-as", "mkisofs", "-quiet", .. options, "-o", target["disc.iso"], source.Path]);
        return new ScratchedDisc(File.ReadAllBytes(target["disc.iso"]));
    }

    /// <summary>A second session on top of the first, with a file changed, one gone and one added.</summary>
    public static ISectorSource TwoSessions()
    {
        Tool.Require("xorriso");
        using var source = Files();
        using var target = new TempFolder();
        Tool.Run("xorriso", "-no_rc", "-outdev", target["disc.iso"], "-joliet", "on", "-map", source.Path, "/", "-commit");
        source.With("notes.txt", "other notes").With("late.txt", "late");
        Tool.Run(
            "xorriso", "-no_rc", "-dev", target["disc.iso"], "-joliet", "on", "-rm", "/folder/one.txt", "--",
            "-update_r", source["notes.txt"], "/notes.txt", "-map", source["late.txt"], "/late.txt", "-commit");
        return new ScratchedDisc(File.ReadAllBytes(target["disc.iso"]));
    }

    /// <summary>Compressed files, as zisofs keeps them.</summary>
    public static ISectorSource Compressed()
    {
        Tool.Require("xorriso");
        using var source = new TempFolder().With("many.txt", string.Concat(Enumerable.Repeat("the same again and ", 9000))).With("few.txt", "few");
        using var target = new TempFolder();
        Tool.Run(
            "xorriso", "-no_rc", "-outdev", target["disc.iso"], "-zisofs", "level=9:block_size=32k", "-map", source.Path, "/",
            "-find", "/", "-type", "f", "-exec", "set_filter", "--zisofs", "--", "-commit");
        return new ScratchedDisc(File.ReadAllBytes(target["disc.iso"]));
    }

    /// <summary>An empty UDF volume.</summary>
    public static ISectorSource Udf(string medium, string revision, int blocks, params string[] options)
    {
        Tool.Require("mkudffs");
        using var target = new TempFolder();
        var file = target["disc.udf"];
        Tool.Run(
            "mkudffs",
            ["--new-file", $"--media-type={medium}", $"--udfrev={revision}", "--blocksize=2048", .. options, file, blocks.ToString(CultureInfo.InvariantCulture)]);
        return new ScratchedDisc(File.ReadAllBytes(file));
    }

    private static TempFolder Files() => new TempFolder()
        .With("notes.txt", "notes")
        .With("folder/one.txt", "one")
        .With("folder/two/" + MadeDisc.LongName, "long");
}
