// One pixel of the view from the 16-bit planes, as `outpost_imaging::render` and `outpost_imaging::material` make it:
// in whole numbers up to the grey, so that both agree to the last bit; the colour of a material in 32-bit floats.

struct Params {
    // Framebuffer pixel of the picture's upper left corner.
    origin: vec2<i32>,
    // Columns and rows of the picture.
    size: vec2<u32>,
    // Of the level: first layer of the array, tiles across, width, height.
    level: vec4<u32>,
    // Bits: 1 through the map, 2 materials' colours, 4 one material alone, 8 the framebuffer wants linear light.
    steps: u32,
    // Samples of high energy below this were not penetrated.
    blocked: u32,
    // The grey of open air.
    air: f32,
    pad: u32,
    // What was not penetrated, 0 to 255.
    blocked_colour: vec4<f32>,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var shown: texture_2d_array<u32>;
@group(0) @binding(2) var high: texture_2d_array<u32>;
@group(0) @binding(3) var ratios: texture_2d_array<u32>;
@group(0) @binding(4) var columns: texture_2d<u32>;
@group(0) @binding(5) var rows: texture_2d<u32>;
@group(0) @binding(6) var greys: texture_2d<u32>;
@group(0) @binding(7) var map: texture_2d<u32>;
@group(0) @binding(8) var certain: texture_2d<u32>;
@group(0) @binding(9) var tints: texture_2d<f32>;

const TILE: u32 = 1024u;

@vertex
fn vertex(@builtin(vertex_index) index: u32) -> @builtin(position) vec4<f32> {
    // One triangle over the whole viewport.
    let corner = vec2<f32>(f32(index & 1u), f32(index >> 1u)) * 4.0 - 1.0;
    return vec4<f32>(corner, 0.0, 1.0);
}

fn sample_at(plane: texture_2d_array<u32>, x: u32, y: u32) -> u32 {
    let at = min(vec2<u32>(x, y), params.level.zw - 1u);
    let tile = at / TILE;
    let layer = params.level.x + tile.y * params.level.y + tile.x;
    return textureLoad(plane, at % TILE, layer, 0).r;
}

fn weight(tap: vec4<u32>, at: u32) -> u32 {
    let pair = select(tap.z, tap.y, at < 2u);
    return select(pair >> 16u, pair & 0xffffu, (at & 1u) == 0u);
}

fn resampled(plane: texture_2d_array<u32>, column: vec4<u32>, row: vec4<u32>) -> u32 {
    var sum = 1u << 15u;
    for (var i = 0u; i < 4u; i += 1u) {
        let across = weight(column, i);
        if (across == 0u) {
            continue;
        }
        var mixed = 1u << 11u;
        for (var j = 0u; j < 4u; j += 1u) {
            let down = weight(row, j);
            if (down != 0u) {
                mixed += sample_at(plane, column.x + i, row.x + j) * down;
            }
        }
        sum += (mixed >> 12u) * across;
    }
    return sum >> 16u;
}

fn by_value(table: texture_2d<u32>, value: u32) -> u32 {
    return textureLoad(table, vec2<u32>(value & 255u, value >> 8u), 0).r;
}

fn linear(channel: vec3<f32>) -> vec3<f32> {
    let low = channel / 12.92;
    let high = pow((channel + 0.055) / 1.055, vec3<f32>(2.4));
    return select(high, low, channel <= vec3<f32>(0.04045));
}

@fragment
fn fragment(@builtin(position) position: vec4<f32>) -> @location(0) vec4<f32> {
    let at = vec2<i32>(floor(position.xy)) - params.origin;
    if (any(at < vec2<i32>(0)) || any(at >= vec2<i32>(params.size))) {
        discard;
    }
    let column = textureLoad(columns, vec2<u32>(u32(at.x), 0u), 0);
    let row = textureLoad(rows, vec2<u32>(u32(at.y), 0u), 0);
    if (column.w == 0u || row.w == 0u) {
        discard;
    }
    let grey = by_value(greys, resampled(shown, column, row));
    var colour = vec3<f32>(f32(grey));
    if ((params.steps & 1u) != 0u) {
        colour = vec3<f32>(textureLoad(map, vec2<u32>(grey, 0u), 0).rgb);
    }
    if ((params.steps & 6u) != 0u) {
        let value = resampled(high, column, row);
        let tint = textureLoad(tints, vec2<u32>(resampled(ratios, column, row) >> 6u, 0u), 0);
        let sure = f32(by_value(certain, value)) / 255.0;
        if ((params.steps & 2u) != 0u) {
            let light = 0.16 + 0.84 / 255.0 * f32(grey);
            colour = colour + (tint.rgb * light - colour) * sure;
        }
        if ((params.steps & 4u) != 0u) {
            colour = params.air + (colour - params.air) * (1.0 - tint.a * sure);
        }
        colour = floor(clamp(colour, vec3<f32>(0.0), vec3<f32>(255.0)));
        if (value < params.blocked) {
            colour = params.blocked_colour.rgb;
        }
    }
    let light = colour / 255.0;
    if ((params.steps & 8u) != 0u) {
        return vec4<f32>(linear(light), 1.0);
    }
    return vec4<f32>(light, 1.0);
}
