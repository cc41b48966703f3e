using System.Reflection;
using System.Text.RegularExpressions;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Tidy;

namespace CdBackuper.Tests.Volumes;

/// <summary>Programs rely on the ids of flaws: one that is renamed or not described shows here.</summary>
public sealed partial class DamageIdsTests
{
    [Fact]
    public void Every_flaw_is_described_by_its_id_and_no_other_is()
    {
        var ids = typeof(DamageIds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!);
        var described = Row().Matches(File.ReadAllText(Path.Combine(SourceTree.Root, "docs/flaws.md"))).Select(match => match.Groups[1].Value);
        Assert.Equal(described.Order(StringComparer.Ordinal), ids.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\| `([a-z0-9.-]+)` \| \S", RegexOptions.Multiline)]
    private static partial Regex Row();
}
