using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>The settings keep the predecessor's names and meanings; a wrong one stops the start.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void Without_extraction_the_image_is_the_product()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1201);

        bench.Node().With("EXTRACT_FILES", "false").Import(disc.Path).Expect(0);

        Assert.Equal(FileHashes.Of(disc.Path), FileHashes.Of(bench.OnlyDisc["disc.iso"]));
        Assert.Empty(bench.OnlyDisc.Hashes);
        Assert.Equal(("success", "disc.iso"), (bench.OnlyDisc.Status.Text("status"), bench.OnlyDisc.Status.Text("iso")));
        Assert.Contains("EXTRACT_FILES is false, and no files were written", bench.OnlyDisc.Status.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--keep-image", "true")]
    [InlineData("--json", "false")]
    public void The_image_is_kept_when_asked_for(string option, string deleteOnSuccess)
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 1202);

        bench.Node().With("DELETE_ISO_ON_SUCCESS", deleteOnSuccess).Import(disc.Path, option).Expect(0);

        Assert.Equal(FileHashes.Of(disc.Path), FileHashes.Of(bench.OnlyDisc["disc.iso"]));
        Assert.Equal("disc.iso", bench.OnlyDisc.Status.Text("iso"));
        bench.OnlyDisc.MustHoldAllOf(disc);
    }

    [Fact]
    public void The_archive_is_named_by_DATA_ROOT_when_no_flag_does()
    {
        using var bench = new Bench();
        bench.Node().With("DATA_ROOT", bench.Archive).Run("import", bench.Photographs(seed: 1203).Path).Expect(0);
        Assert.Single(bench.Discs);
    }

    [Fact]
    public void The_archive_is_the_folder_archive_when_nothing_names_it()
    {
        using var bench = new Bench();
        bench.Node().Run("import", bench.Photographs(seed: 1204).Path).Expect(0);
        Assert.Single(bench.Discs);
    }

    [Fact]
    public void A_bare_folder_is_refused_where_a_mount_is_required()
    {
        using var bench = new Bench();
        Directory.CreateDirectory(bench.Archive);

        var result = bench.Node().With("REQUIRE_MOUNT", "true").Import(bench.Photographs(seed: 1205).Path).Expect(1);

        Assert.Contains("mount", result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Directory.EnumerateFileSystemEntries(bench.Archive));
    }

    [Fact]
    public void Every_setting_out_of_bounds_is_shown_at_once()
    {
        using var bench = new Bench();
        var node = bench.Node().With("RETRIES", "-1").With("TIMEOUT", "0").With("POLL_SECS", "soon").With("EXTRACT_FILES", "perhaps");

        var result = node.Import(bench.Photographs(seed: 1206).Path);

        Assert.True(result.ExitCode is 1 or 2, result.ToString());
        Assert.All(["RETRIES", "TIMEOUT", "POLL_SECS", "EXTRACT_FILES"], name => Assert.Contains(name, result.Error, StringComparison.Ordinal));
        Assert.Empty(bench.Discs);
    }

    [Fact]
    public void Logs_for_collectors_are_one_JSON_object_a_line()
    {
        using var bench = new Bench();

        var result = bench.Node().Import(bench.Photographs(seed: 1207).Path, "--log-format", "json").Expect(0);

        Assert.Contains(result.Error.Fields('\n'), line => line.StartsWith('{'));
        Assert.All(
            result.Error.Fields('\n').Where(line => line.StartsWith('{')),
            line => System.Text.Json.JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public void Doctor_says_what_is_wrong_with_the_settings_beside_all_else()
    {
        using var bench = new Bench();

        var findings = bench.Node().With("RETRIES", "-1").Run("doctor", "--json", "--log-format", "xml", "--archive", bench.Archive).Expect(1).Json.AsArray();

        var wrong = findings.Where(finding => finding!.Text("id") == "setting.wrong").ToArray();
        Assert.All(wrong, finding => Assert.Equal("error", finding!.Text("level")));
        Assert.Equal(["RETRIES", "LOG_FORMAT"], wrong.Select(finding => finding!.Text("message")!.Split(' ')[0]));
        Assert.Contains(findings, finding => finding!.Text("message") == "RETRIES = -1 (environment)");
        Assert.Contains(findings, finding => finding!.Text("message") == "DISCORD_API_URL = https://discord.com/api/v10 (default)");
        Assert.Contains(findings, finding => finding!.Text("id") == "archive.writable");
    }
}
