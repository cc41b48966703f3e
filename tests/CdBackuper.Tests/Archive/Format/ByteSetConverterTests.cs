using System.Text;
using System.Text.Json;
using CdBackuper.Archive.Format;
using CdBackuper.Media.Sectors;
using CdBackuper.Tests.Sectors;
using CsCheck;

namespace CdBackuper.Tests.Archive.Format;

public sealed class ByteSetConverterTests
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new ByteSetConverter() } };

    [Fact]
    public void A_set_that_is_written_is_read_as_the_same() => Bits.Set.Sample(set =>
        Assert.Equal(set, JsonSerializer.Deserialize<ByteSet>(JsonSerializer.Serialize(set, Options), Options)));

    [Theory]
    [InlineData("""[{"start":2048,"length":6144}]""")]
    [InlineData("""[{"length":6144,"start":2048}]""")]
    [InlineData("""[{"start":4096,"length":4096},{"start":2048,"length":4096}]""")]
    [InlineData("""[{"start":2048,"length":6144,"why":{"deep":[1]},"end":8192}]""")]
    [InlineData("""[{"note":7,"start":2048,"length":6144},{"start":0,"length":0}]""")]
    public void Other_orders_and_later_additions_are_read(string json) =>
        Assert.Equal(ByteSet.Of(new ByteRange(2048, 6144)), JsonSerializer.Deserialize<ByteSet>(json, Options));

    [Theory]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("\"\"")]
    [InlineData("[7]")]
    [InlineData("[null]")]
    [InlineData("[[]]")]
    [InlineData("[{}]")]
    [InlineData("""[{"start":0}]""")]
    [InlineData("""[{"length":5}]""")]
    [InlineData("""[{"start":0,"size":5}]""")]
    [InlineData("""[{"start":-1,"length":5}]""")]
    [InlineData("""[{"start":0,"length":-5}]""")]
    [InlineData("""[{"start":1,"length":9223372036854775807}]""")]
    [InlineData("""[{"start":0,"length":9223372036854775808}]""")]
    [InlineData("""[{"start":0.5,"length":1}]""")]
    [InlineData("""[{"start":"0","length":1}]""")]
    [InlineData("""[{"start":null,"length":1}]""")]
    [InlineData("""[{"start":0,"length":1}""")]
    [InlineData("""[{"start":0,"len""")]
    [InlineData("")]
    public void Broken_text_is_a_JSON_fault_and_nothing_else(string json)
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ByteSet>(json, Options));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ByteSet>(stream, Options));
    }

    [Fact]
    public void A_long_set_is_read_from_a_stream_too()
    {
        var set = ByteSet.Of(Enumerable.Range(0, 20_000).Select(index => new ByteRange(index * 4096L, 2048)));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(
            JsonSerializer.Serialize(set, Options).Replace("}", ",\"more\":[{\"x\":1}]}", StringComparison.Ordinal)));
        Assert.Equal(set, JsonSerializer.Deserialize<ByteSet>(stream, Options));
    }
}
