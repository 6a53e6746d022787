// @ts-check
// One WebGL program for all signs of nodes: shape, fill, and a border around it.
import { NodeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec4 a_border;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute float a_angle;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec4 v_border;
varying vec2 v_at;
varying float v_radius;
varying float v_shape;
const float bias = 255.0 / 254.0;
void main() {
  float pixel = u_correctionRatio * 2.0;
  float radius = a_size / u_sizeRatio * pixel;
  // A triangle around the circle that holds the sharpest shape and its border.
  float reach = 2.0 * (radius * 1.45 + 2.0 * pixel);
  vec2 at = reach * vec2(cos(a_angle), sin(a_angle));
  gl_Position = vec4((u_matrix * vec3(a_position + at, 1)).xy, 0, 1);
  v_at = at / pixel;
  v_radius = radius / pixel;
  v_shape = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_border = a_border;
  v_color.a *= bias;
  v_border.a *= bias;
}
`;

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec4 v_border;
varying vec2 v_at;
varying float v_radius;
varying float v_shape;
// Distances to the outlines of shapes.js, in pixels; y grows upwards.
float outline(vec2 p) {
  vec2 q = abs(p);
  if (v_shape < 0.5) return length(p) - v_radius;
  if (v_shape < 1.5) return max(q.x, q.y) - 0.886 * v_radius;
  if (v_shape < 2.5) return (q.x + q.y) * 0.7071 - 0.886 * v_radius;
  if (v_shape < 3.5) return max(q.x * 0.866 + p.y * 0.5, -p.y) - 0.72 * v_radius;
  if (v_shape < 4.5) return max(q.x * 0.866 + q.y * 0.5, q.y) - 0.953 * v_radius;
  return max(q.x * 0.866 - p.y * 0.5, p.y) - 0.72 * v_radius;
}
void main() {
  float away = outline(v_at);
  #ifdef PICKING_MODE
  gl_FragColor = away > 1.0 ? vec4(0.0) : v_color;
  #else
  float border = min(0.7, v_radius * 0.2);
  vec4 shown = mix(v_color, v_border, smoothstep(-border - 0.5, -border + 0.5, away));
  gl_FragColor = shown * (1.0 - smoothstep(border - 0.5, border + 0.5, away));
  #endif
}
`;

export class SignProgram extends NodeProgram {
  getDefinition() {
    const { FLOAT, TRIANGLES, UNSIGNED_BYTE } = WebGLRenderingContext;
    const colour = (/** @type {string} */ name) => ({ name, size: 4, type: UNSIGNED_BYTE, normalized: true });
    return {
      VERTICES: 3,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES,
      UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix"],
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_shape", size: 1, type: FLOAT },
        colour("a_color"),
        colour("a_border"),
        colour("a_id"),
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_angle", size: 1, type: FLOAT }],
      CONSTANT_DATA: [[0], [(2 * Math.PI) / 3], [(4 * Math.PI) / 3]],
    };
  }

  /** @param {number} index @param {number} start @param {any} data */
  processVisibleItem(index, start, data) {
    const { array } = this;
    array[start] = data.x;
    array[start + 1] = data.y;
    array[start + 2] = data.size;
    array[start + 3] = data.shape;
    array[start + 4] = floatColor(data.color);
    array[start + 5] = floatColor(data.border);
    array[start + 6] = index;
  }

  /** @param {any} params @param {any} program */
  setUniforms(params, { gl, uniformLocations }) {
    gl.uniform1f(uniformLocations.u_sizeRatio, params.sizeRatio);
    gl.uniform1f(uniformLocations.u_correctionRatio, params.correctionRatio);
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
  }
}
