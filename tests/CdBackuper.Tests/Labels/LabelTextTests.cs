using CdBackuper.Archive.Format;
using CsCheck;

namespace CdBackuper.Tests.Labels;

public sealed class LabelTextTests
{
    [Theory]
    [InlineData("Summer 2003", "Summer 2003")]
    [InlineData("  Summer \r\n\t 2003  ", "Summer 2003")]
    [InlineData("E\u0301te\u0301 a\u0300 la mer", "Été à la mer")]
    [InlineData("../../etc/passwd", "../../etc/passwd")]
    [InlineData("@everyone", "@everyone")]
    [InlineData("a\u202Eb\u200B\u2066c\uFEFF\0\u0007d", "abcd")]
    [InlineData("日本の夏 🎆", "日本の夏 🎆")]
    [InlineData("\u05E7\u05D9\u05E5 2003", "\u05E7\u05D9\u05E5 2003")]
    public void A_label_is_one_line_that_shows_as_it_is_stored(string text, string label) => Assert.Equal(label, LabelText.Parse(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("\u200B\u202E")]
    public void Nothing_visible_is_no_label(string text)
    {
        Assert.Null(LabelText.Parse(text, out var problem));
        Assert.Contains("empty", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_is_left_out() => Assert.Equal("half pair", LabelText.Parse("half \uD800 pair", out _));

    [Fact]
    public void A_long_label_is_refused_with_its_length_and_never_cut()
    {
        Assert.Equal(200, LabelText.Parse(new string('x', 200), out _)!.Length);
        Assert.Null(LabelText.Parse(new string('x', 2000), out var problem));
        Assert.Contains("2000", problem, StringComparison.Ordinal);
        Assert.Contains("200 are taken", problem, StringComparison.Ordinal);
        Assert.Null(LabelText.Parse("x" + new string('\u0301', 3000), out _));
    }

    [Fact]
    public void Whatever_is_written_a_label_is_a_label_of_itself() => Gen.String[Gen.Char, 0, 300].Sample(text =>
    {
        if (LabelText.Parse(text, out var problem) is { } label)
        {
            Assert.Null(problem);
            Assert.Equal(label, LabelText.Parse(label, out _));
            Assert.DoesNotContain('\n', label);
        }
        else
        {
            Assert.NotNull(problem);
        }
    });
}
